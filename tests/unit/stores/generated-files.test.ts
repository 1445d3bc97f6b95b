import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TrackbookError } from "../../../src/core";
import { decodeOffset, encodeOffset } from "../../../src/search";
import { fileStore, type TrackingStore } from "../../../src/stores";
import { readPoints } from "../../../src/stores/file/metrics/metric-file";
import { parseYaml } from "../../../src/stores/file/yaml";
import { capturedStderr } from "../../support/captured-stderr";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";

/** Pieces that mean something to one of the parsers. */
const PIECE = fc.oneof(
  fc.constantFrom(
    ..."\n|\r\n|\t| |  |: |:|- |'|\"|{|}|[|]|&a|*a|<<|!!binary|%|#|---|...|? |~|null|nan|inf|1e999|-0|0x1|\\|\u2028".split(
      "|",
    ),
    ..."run_id: |name: |status: |tags: |start_time: |source_type: |__proto__: |constructor: |toString: |model_id: ".split(
      "|",
    ),
    "9".repeat(400),
    "[".repeat(3000),
    "\u0000",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.double().map(String),
  fc.integer().map(String),
);

/** A text put together from pieces, or `original` with a part of it replaced by some. */
const damaged = (original: string): fc.Arbitrary<Uint8Array> => {
  const pieces = fc.array(PIECE, { maxLength: 12 }).map((some) => some.join(""));
  const replaced = fc
    .tuple(fc.nat(original.length), fc.nat(original.length), pieces)
    .map(([one, other, text]) => original.slice(0, Math.min(one, other)) + text + original.slice(Math.max(one, other)));
  return fc.oneof(
    pieces.map((text) => Buffer.from(text)),
    replaced.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 64 }),
  );
};

/** The answer, or the error with a code; anything else that is thrown fails the test. */
function answerOf<T>(read: () => T): T | TrackbookError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TrackbookError)) throw error;
    expect(error.code).toMatch(/^[A-Z_]+$/);
    expect(error.message).not.toBe("");
    return error;
  }
}

function filledStore(): { root: string; store: TrackingStore; runId: string; modelId: string } {
  const root = join(temporaryFolder(), "mlruns");
  const store = fileStore({ root });
  const { runId } = store.createRun({ experimentId: "0", runName: "one", userId: "u", startTime: 1, tags: [] }).info;
  const { modelId } = store.createLoggedModel({ experimentId: "0", name: "model", sourceRunId: runId });
  const dataset = { name: "rows", digest: "d1", sourceType: "local", source: "{}", schema: "{}", profile: "{}" };
  store.logInputs(runId, { datasets: [{ dataset, tags: { "mlflow.data.context": "train" } }] });
  store.logOutputs(runId, [{ modelId, step: 0 }]);
  store.logBatch(runId, {
    params: [{ key: "p", value: "1" }],
    tags: [{ key: "t", value: "1" }],
    metrics: [{ key: "m", values: [1, 2], steps: [0, 1], timestamps: [1, 2], modelId }],
  });
  return { root, store, runId, modelId };
}

const filesOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

test("whatever is in any file of a store: reading is an answer or an error with a code", () => {
  capturedStderr();
  const { root, store, runId, modelId } = filledStore();
  const files = filesOf(root);
  expect(files.length).toBeGreaterThan(9);
  for (const file of files) {
    const original = readFileSync(file);
    fc.assert(
      fc.property(damaged(original.toString()), (bytes) => {
        writeFileSync(file, bytes);
        // An empty file is waited for while it may be one that somebody is writing.
        utimesSync(file, 1, 1);
        answerOf(() => store.getRun(runId));
        answerOf(() => store.getMetricHistory(runId, "m"));
        answerOf(() => store.getExperiment("0"));
        answerOf(() => store.getLoggedModel(modelId));
        // What a listing cannot read it leaves out.
        expect(store.searchRuns(["0"], {}).items.length).toBeLessThanOrEqual(1);
        expect(store.searchExperiments({}).items.length).toBeLessThanOrEqual(1);
        expect(store.searchLoggedModels(["0"], {}).items.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: samples(24) },
    );
    writeFileSync(file, original);
  }
  expect(store.searchRuns(["0"], {}).items).toEqual([store.getRun(runId)]);
}, 60_000);

test("any YAML text is a mapping of its own fields or an error", () => {
  const fields = fc.constantFrom("__proto__: {}\n", "__proto__: []\n", "? __proto__\n: {a: b}\n", "name: a\n");
  const text = fc.oneof(
    damaged("name: a\nstatus: 1\ntags:\n  a: b\n").map((bytes) => Buffer.from(bytes).toString()),
    fc.array(fields, { minLength: 1, maxLength: 3 }).map((some) => some.join("")),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      let map: object;
      try {
        map = parseYaml(yaml);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        return;
      }
      expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
    }),
    { numRuns: samples(300) },
  );
});

test("the tags of an input are text, whatever they are in its file", () => {
  const { root, store, runId } = filledStore();
  const file = filesOf(root).find((path) => path.includes("inputs")) as string;
  const original = readFileSync(file, "utf8");
  for (const [tags, expected] of [
    ["{a: {toString: x}}", { a: '{"toString":"x"}' }],
    ["{a: 1, b: [c]}", { a: "1", b: '["c"]' }],
    ["[a]", {}],
    ["a", {}],
  ] as const) {
    writeFileSync(file, `${original.slice(0, original.indexOf("tags:"))}tags: ${tags}\n`);
    expect(store.getRun(runId).inputs.datasetInputs[0]?.tags).toEqual(expected);
  }
});

test("any lines of a metric are points or an error", () => {
  capturedStderr();
  const folder = temporaryFolder();
  const path = join(folder, "m");
  fc.assert(
    fc.property(damaged("1 0.5 0\n2 0.25 1\n"), fc.constantFrom("run" as const, "model" as const), (bytes, kind) => {
      writeFileSync(path, Buffer.concat([bytes, Buffer.from("\n")]));
      answerOf(() =>
        readPoints(path, kind, (timestamp, value, step) => {
          expect([typeof timestamp, typeof value, typeof step]).toEqual(["number", "number", "number"]);
          expect(Number.isNaN(timestamp) || Number.isNaN(step)).toBe(false);
        }),
      );
    }),
    { numRuns: samples(200) },
  );
});

test("any page token is an offset that a page gave, or an error", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.base64String(),
        fc.json().map((text) => btoa(encodeURI(text))),
      ),
      (token) => {
        const offset = answerOf(() => decodeOffset(token));
        if (!(offset instanceof TrackbookError)) expect(Number.isSafeInteger(offset) && offset >= 0).toBe(true);
        else expect(offset.code).toBe("INVALID_PARAMETER_VALUE");
      },
    ),
    { numRuns: samples(300) },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (offset) => {
      expect(decodeOffset(encodeOffset(offset))).toBe(offset);
    }),
  );
});
