import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { runCommand } from "../../../scripts/run-command";
import { saveModel } from "../../../src/libraries";
import { inferSignature } from "../../../src/models";
import { describeWithParts } from "../../support/parts";
import { Loader, type PythonAnswer } from "./loader";
import { FIRST, type Script } from "./scripted-model";
import { type Trained, trainedRegressions } from "./trained-models";

interface Timed {
  readonly seconds: number;
  readonly error: string | null;
}

describeWithParts(["python"], "a model that Python cannot ask says why", ({ python }) => {
  let loader: Loader;
  beforeAll(() => {
    loader = new Loader(python.python);
  });
  afterAll(() => loader.close());

  const loaded = (script: Script) => loader.loaded(script);
  const ask = (name: string, data: readonly number[] = [1, 2]) =>
    loader.peer.ask<PythonAnswer>("predict", name, "float64", data).then(({ values }) => values);
  const timed = (name: string, data: unknown = [1, 2]) => loader.peer.ask<Timed>("timed", name, "float64", data);

  /** Asks with other variables in the environment, which are put back afterwards. */
  async function within<T>(values: Readonly<Record<string, string | null>>, ask: () => Promise<T>): Promise<T> {
    const before = Object.fromEntries(Object.keys(values).map((name) => [name, ENVIRONMENT[name] ?? null]));
    await loader.peer.ask("environ", values);
    return ask().finally(() => loader.peer.ask("environ", before));
  }
  const ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
    TRACKBOOK_NODE: process.execPath,
    TRACKBOOK_NODE_PATH: REPOSITORY,
    PATH: process.env.PATH,
  };

  /** A program for TRACKBOOK_NODE. */
  function program(name: string, script: string): string {
    const path = join(loader.root, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  }

  test("packages that are nowhere: which, and the command; once they are there, the same model answers", async () => {
    const folder = join(loader.root, "without packages");
    const { model, predict } = trainedRegressions().SimpleLinearRegression as Trained;
    await saveModel(model, folder);
    await loader.peer.ask("load", folder, folder);
    await within({ TRACKBOOK_NODE_PATH: null }, async () => {
      const { error } = await timed(folder);
      expect(error).toContain("This model needs the npm package ml-regression, which is not installed");
      const command = /To install it in the model's folder: (npm ci .+)\n/.exec(error ?? "")?.[1] as string;
      expect(command).toBe(`npm ci --prefix '${folder}'`);
      await runCommand("sh", ["-c", `${command} --prefer-offline --no-audit --no-fund`], { cwd: tmpdir() });
      expect(await ask(folder)).toEqual(predict([[1], [2]]));
    });
  });

  test("no Node, or what is none", async () => {
    const name = await loaded({ predict: `return ${FIRST};` });
    const told = async (variables: Readonly<Record<string, string | null>>) =>
      (await within(variables, () => timed(name))).error;
    expect(await told({ TRACKBOOK_NODE: null, PATH: loader.root })).toContain(
      "there is no `node` on PATH. Install Node.js 20.19",
    );
    expect(await told({ TRACKBOOK_NODE: "/nowhere/node" })).toContain("TRACKBOOK_NODE names '/nowhere/node'");
    expect(await told({ TRACKBOOK_NODE: program("echo", "echo hello") })).toContain("it began with b'hell'");
    expect(await told({ TRACKBOOK_NODE: program("false", "echo sorry >&2; exit 7") })).toMatch(
      /ended with exit code 7 before it answered. It said last:\nsorry$/,
    );
    expect(await told({ TRACKBOOK_NODE: program("empty", "exit 0") })).toMatch(/exit code 0.* It said nothing.$/);
    expect(await ask(name)).toEqual([1, 2]);
  });

  test("a Node that is too old", async () => {
    const name = await loaded({ predict: `return ${FIRST};` });
    const preload = join(loader.root, "old.cjs");
    writeFileSync(preload, `Object.defineProperty(process.versions, "node", { value: "18.20.4" });`);
    const old = program("old", `exec "${process.execPath}" --require "${preload}" "$@"`);
    const { error } = await within({ TRACKBOOK_NODE: old }, () => timed(name));
    expect(error).toContain("old is Node.js 18.20.4, which is too old. Install Node.js 20.19 or later");
  });

  test("an exception, with its stack; the process goes on", async () => {
    const name = await loaded({
      signature: inferSignature([1], [1], { fail: "" }),
      predict: `if (params.fail) throw new RangeError("no such number: " + params.fail); return ${FIRST};`,
    });
    expect(await ask(name)).toEqual([1, 2]);
    const before = await loader.peer.ask("pid", name);
    await expect(loader.peer.ask("predict", name, "float64", [1], { fail: "é" })).rejects.toThrow(
      /The model failed in Node.js: RangeError: no such number: é\nRangeError: no such number: é\n +at /,
    );
    expect(await ask(name)).toEqual([1, 2]);
    expect(await loader.peer.ask("pid", name)).toBe(before);
  });

  test("an exception while the model is made again, and what was printed is no answer", async () => {
    const broken = await loaded({ restore: `throw new Error("model.txt is empty");`, predict: "return [];" });
    expect((await timed(broken)).error).toContain("Error: model.txt is empty");
    const loud = await loaded({
      restore: `console.log("a"); process.stdout.write("b\\n"); console.error("c"); return {};`,
      predict: `console.log("%s", input.rows); return ${FIRST};`,
    });
    expect(await ask(loud)).toEqual([1, 2]);
  });

  test("a process that ends while it predicts: how, and its last words; the next call has another", async () => {
    const deadly = await loaded({
      predict: `const [x] = ${FIRST};
        if (x === 1) { console.error("out of luck"); process.exit(3); }
        if (x === 2) { setImmediate(() => { throw new Error("nobody waits for me"); }); await new Promise(() => {}); }
        if (x === 3) process.kill(process.pid, "SIGKILL");
        return [x];`,
    });
    expect((await timed(deadly, [1])).error).toMatch(/ended with exit code 3 before it answered.*\nout of luck$/);
    expect(await ask(deadly, [5])).toEqual([5]);
    expect((await timed(deadly, [2])).error).toContain("Error: nobody waits for me");
    expect((await timed(deadly, [3])).error).toContain("ended by signal 9 before it answered. It said nothing.");
    expect(await ask(deadly, [5])).toEqual([5]);
  });

  test("a model that hangs, busy or idle, ends after TRACKBOOK_PREDICT_TIMEOUT; the next call has another", async () => {
    const name = await loaded({
      predict: `const [x] = ${FIRST};
        if (x === 1) { console.error("thinking"); for (;;); }
        if (x === 2) await new Promise(() => {});
        return ${FIRST};`,
    });
    expect(await ask(name, [5])).toEqual([5]);
    await within({ TRACKBOOK_PREDICT_TIMEOUT: "2" }, async () => {
      for (const data of [[1], [2]]) {
        const { seconds, error } = await timed(name, data);
        expect(error).toContain("The model did not answer within 2 s (TRACKBOOK_PREDICT_TIMEOUT)");
        if (data[0] === 1) expect(error).toContain("It said last:\nthinking");
        expect(seconds).toBeLessThan(20);
      }
    });
    expect(await ask(name, [6])).toEqual([6]);
    await loader.peer.ask("end", name, "SIGSTOP");
    // More than a pipe holds: it is the sending that waits.
    const { error } = await within({ TRACKBOOK_PREDICT_TIMEOUT: "1" }, () => timed(name, Array(100_000).fill(7)));
    expect(error).toContain("did not answer within 1 s");
    expect(await ask(name, [7])).toEqual([7]);
    await within({ TRACKBOOK_PREDICT_TIMEOUT: "soon" }, async () =>
      expect((await timed(name)).error).toContain(
        "TRACKBOOK_PREDICT_TIMEOUT is 'soon'; it takes seconds, 0 for no limit.",
      ),
    );
    await within({ TRACKBOOK_PREDICT_TIMEOUT: "0" }, async () => expect(await ask(name, [8])).toEqual([8]));
  });
});
