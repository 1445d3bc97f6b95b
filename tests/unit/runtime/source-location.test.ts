import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { findInStack, findUserLocation } from "../../../src/runtime";

test("the file, line and column of the caller", () => {
  const location = findUserLocation();
  const line = Number(/:(\d+):\d+/.exec(new Error().stack?.split("\n")[1] ?? "")?.[1]) - 1;
  expect(location).toMatchObject({ kind: "file", file: __filename, line });
});

test("through a library that calls itself many times before it calls us", () => {
  const library = join(mkdtempSync(join(tmpdir(), "trackbook-stack-")), "node_modules/deep.cjs");
  mkdirSync(dirname(library));
  writeFileSync(library, "exports.call = (depth, inner) => (depth > 0 ? exports.call(depth - 1, inner) : inner());");
  expect(createRequire(__filename)(library).call(30, findUserLocation)).toMatchObject({ file: __filename });
});

test("from deep inside of a library", () => {
  const stack = `Error
    at recordTraining (${__dirname.replace("tests/unit/runtime", "src/autolog")}/recording.ts:5:9)
    at Sequential.fit (/home/me/project/node_modules/@tensorflow/tfjs-layers/dist/tf-layers.node.js:10:20)
    at node:internal/process/task_queues:95:5
    at new Promise (<anonymous>)
    at async main (/home/me/my project/train.ts:12:34)
    at /home/me/my project/train.ts:40:1`;
  expect(findInStack(stack)).toEqual({ kind: "file", file: "/home/me/my project/train.ts", line: 12, column: 34 });
});

test.each([
  [
    "a module",
    `    at ${pathToFileURL("/home/me/a b/train.mjs")}:3:7`,
    { kind: "file", file: "/home/me/a b/train.mjs", line: 3, column: 7 },
  ],
  [
    "Windows",
    "    at train (C:\\Users\\me\\train.js:3:7)",
    { kind: "file", file: "C:\\Users\\me\\train.js", line: 3, column: 7 },
  ],
  ["a tslab cell", "    at evalmachine.<anonymous>:5:19", { kind: "cell", line: 5, column: 19 }],
  ["a function of a tslab cell", "    at train (evalmachine.<anonymous>:2:9)", { kind: "cell", line: 2, column: 9 }],
  ["a Deno cell", "    at <anonymous>:1:34", { kind: "cell", line: 1, column: 34 }],
])("in %s", (_, frame, expected) => {
  expect(findInStack(`Error: with a message\n    at Array.map (<anonymous>)\n${frame}`)).toEqual(expected);
});

test("nothing where no frame is the user's", () => {
  expect(findInStack("Error\n    at node:internal/timers:523:11\n    at Map.forEach (<anonymous>)")).toBeUndefined();
});

test("the user's own handling of stacks is respected and put back", () => {
  const { stackTraceLimit } = Error;
  const prepare = () => ["not", "a", "string"];
  try {
    Error.stackTraceLimit = 0;
    Error.prepareStackTrace = prepare;
    expect(findUserLocation()).toMatchObject({ kind: "file", file: __filename });
    expect(Error.stackTraceLimit).toBe(0);
    expect(Error.prepareStackTrace).toBe(prepare);
    Error.prepareStackTrace = () => {
      throw new Error("not today");
    };
    expect(findUserLocation()).toMatchObject({ file: __filename });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Reflect.deleteProperty(Error, "prepareStackTrace");
  }
});
