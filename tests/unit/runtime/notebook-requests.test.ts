import { createHmac } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { findSegment } from "../../../src/autolog/recording/source-segment";
import { checkKernels } from "../../../src/cli/doctor/kernels";
import { type Cell, findInStack } from "../../../src/runtime";
import { currentCell } from "../../../src/runtime/tslab/cells";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";

/** Milliseconds of processor time: longer than any of these may take, and far from a hang. */
const SLOW = 5000;

function timed<T>(act: () => T): T {
  const start = process.cpuUsage();
  const result = act();
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(SLOW);
  return result;
}

/** Text of the kinds that are met where code, places and names are expected. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", "model.fit(x, y);", "\u0000", "\ud800", "(".repeat(2000), "`${".repeat(300), "a.".repeat(2000)),
  fc.string({ unit: fc.constantFrom(..."(){}[]<>`'\"/*\\;:=,.$ \n\tfitnewasync=>01") as never, maxLength: 60 }),
);

const KEY = "secret";

/** The kernel's own server and handler, whose cells look at the request that runs them. */
const { ZmqServer, JupyterHandlerImpl } = createRequire(__filename)("tslab/dist/jupyter.js");
const { write } = process.stdout;
const { write: writeError } = process.stderr;
// The kernel sends what is printed to the notebook, from its first cell on.
afterAll(() => Object.assign(process.stdout, { write }) && Object.assign(process.stderr, { write: writeError }));

/** What {@link currentCell} says while the kernel runs the cell of this request. */
async function cellOf(request: Readonly<Record<"header" | "metadata" | "content", unknown>>): Promise<unknown> {
  let seen: unknown = "the cell did not run";
  const executor = {
    execute: async () => {
      seen = timed(currentCell);
      return true;
    },
  };
  const socket = { send: () => undefined };
  const server = Object.assign(new ZmqServer(new JupyterHandlerImpl(executor), ""), {
    connInfo: { key: KEY },
    iopub: socket,
  });
  const parts = [request.header, {}, request.metadata, request.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  const hmac = createHmac("sha256", KEY);
  for (const part of parts) hmac.update(part);
  await server.handleShellMessage(socket, Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...parts);
  return seen;
}

test("the request of a running cell is that cell, or none, whatever its sender has written", async () => {
  const metadata = { cellId: "a1" };
  const header = { msg_type: "execute_request", msg_id: "m1" };
  expect(await cellOf({ header, metadata, content: { code: "1" } })).toMatchObject({
    code: "1",
    id: "a1",
    messageId: "m1",
  });
  const field = fc.oneof(text, fc.jsonValue());
  const request = fc.record({
    header: fc.record({ msg_type: fc.constant("execute_request"), msg_id: field }, { requiredKeys: ["msg_type"] }),
    metadata: fc.oneof(fc.record({ cellId: field }, { requiredKeys: [] }), fc.jsonValue()),
    content: fc.record({ code: field }, { requiredKeys: [] }),
  });
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const cell = (await cellOf(sent)) as Cell | undefined;
      const { code } = sent.content;
      const { msg_id: id } = sent.header;
      if (typeof code !== "string" || typeof id !== "string") {
        expect(cell).toBeUndefined();
        return;
      }
      // A lone half of a character pair does not survive the wire.
      expect(cell).toMatchObject({ code: JSON.parse(JSON.stringify(code)), messageId: JSON.parse(JSON.stringify(id)) });
      expect(["string", "undefined"]).toContain(typeof cell?.id);
    }),
    { numRuns: samples(200) },
  );
});

test("a stack is the place of the user's call, or none, whatever its frames look like", () => {
  for (const frame of ["file://host/x:1:2", "file:///a%2Fb:1:2", "file://:1:2", "file:///%:1:2", "file:///a%00b:1:2"])
    expect(() => findInStack(`Error\n    at ${frame}`), frame).not.toThrow();
  const place = fc.oneof(
    text,
    fc.webUrl(),
    fc.webPath().map((path) => `file://${path}`),
    text.map((some) => `file://${some}`),
    fc.constantFrom("evalmachine.<anonymous>", "<anonymous>", "node:fs", "/a/b.ts", "C:\\a.ts", "\\\\host\\a.ts"),
  );
  const frame = fc
    .tuple(fc.constantFrom("    at ", "at ", "    at async ", "    at f ("), place, fc.nat(), fc.integer())
    .map(([start, file, line, column]) => `${start}${file}:${line}:${column}`);
  const stack = fc.array(fc.oneof(frame, text), { maxLength: 12 }).map((frames) => frames.join("\n"));
  fc.assert(
    fc.property(stack, (some) => {
      const found = timed(() => findInStack(some));
      if (found === undefined) return;
      expect(["file", "cell"]).toContain(found.kind);
      expect(found.line).toBeTypeOf("number");
      if (found.kind === "file") expect(found.file).not.toBe("");
    }),
    { numRuns: samples(500) },
  );
});

test("a cell's text has a segment, or none, whatever is written in it", { timeout: 20_000 }, () => {
  const place = fc.record({
    name: fc.constant("cell 1"),
    file: fc.constantFrom("cell.ts", "a.tsx", "a.js", "a", "a.weird"),
    text: fc.oneof(
      text,
      fc.array(text, { maxLength: 4 }).map((lines) => lines.join("\nawait model.fit(x, y);\n")),
    ),
    line: fc.integer({ min: -2, max: 9 }),
    column: fc.integer({ min: -2, max: 99 }),
    exact: fc.boolean(),
  });
  fc.assert(
    fc.property(place, fc.constantFrom("fit", "constructor", "__proto__"), (where, method) => {
      const segment = timed(() => findSegment(where, method));
      if (segment === undefined) return;
      expect(segment.text).toContain("// cell 1:");
      expect(segment.startLine).toBeLessThanOrEqual(segment.endLine);
    }),
    { numRuns: samples(150) },
  );
});

test("a kernel.json is a kernel of ours, or none, whatever is in it", () => {
  const data = temporaryFolder();
  mkdirSync(join(data, "kernels/one"), { recursive: true });
  const value = fc.oneof(text, fc.jsonValue());
  const spec = fc.record(
    {
      language: fc.oneof(value, fc.constantFrom("typescript", "JavaScript")),
      display_name: value,
      argv: fc.oneof(fc.array(value), value),
    },
    { requiredKeys: [] },
  );
  const content = fc.oneof(
    spec.map((some) => JSON.stringify(some)),
    fc.json(),
    text,
  );
  fc.assert(
    fc.property(content, (json) => {
      writeFileSync(join(data, "kernels/one/kernel.json"), json);
      const found = timed(() => checkKernels({ platform: "linux", home: data, env: { JUPYTER_PATH: data } }));
      for (const finding of found.filter(({ name }) => name === "one")) {
        expect(["ok", "warning"]).toContain(finding.state);
        expect(finding.text).toContain(data);
      }
    }),
    { numRuns: samples(200) },
  );
});
