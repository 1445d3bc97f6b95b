import { readdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { validateKey } from "../../../src/core";
import { contextTags, flush, startRun } from "../../../src/tracking";
import { capturedStderr } from "../../support/captured-stderr";
import { forgetWarnings, newStore, withEnvironment } from "./new-store";
import { samples } from "../../support/samples";

/** The tags of a run that is opened while `MLFLOW_RUN_CONTEXT` says `context`, and what is warned of. */
async function opened(context: string) {
  forgetWarnings();
  const warnings = capturedStderr();
  const { folder, run } = newStore();
  withEnvironment({ MLFLOW_RUN_CONTEXT: context });
  const { id } = startRun();
  await flush();
  return { tags: run(id).data.tags, warnings, files: readdirSync(folder) };
}

test("MLFLOW_RUN_CONTEXT adds tags to each run", async () => {
  const { tags, warnings } = await opened('{"team": "green", "size": 3, "mlflow.user": "ada"}');
  expect(tags).toMatchObject({ team: "green", size: "3", "mlflow.user": "ada" });
  expect(warnings).toEqual([]);
});

test.each([
  ["a path that leaves the store", "../../../../outside"],
  ["an absolute path", "/outside"],
  ["a character that no file's name has", "bad\0"],
  ["no name", ""],
])("%s is left out of it with one warning that names it, and the rest is kept", async (_, key) => {
  const { tags, warnings, files } = await opened(JSON.stringify({ [key]: "2", team: "green" }));
  expect(tags.team).toBe("green");
  expect(Object.keys(tags)).not.toContain(key);
  expect(files).toEqual(["mlruns"]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(JSON.stringify(key));
});

test.each(["[1]", "3", "null", '"text"', "{"])("%s is no object of tags: one warning says so", async (context) => {
  const { tags, warnings } = await opened(context);
  expect(Object.keys(tags)).not.toContain("0");
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("no JSON object");
});

test("whatever MLFLOW_RUN_CONTEXT says: only what can be a tag becomes one", () => {
  forgetWarnings();
  capturedStderr();
  withEnvironment({ MLFLOW_RUN_CONTEXT: undefined });
  const names = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom("..", "../a", "a/../../b", "/a", "a//b", "a", "__proto__", "mlflow.runName", "k".repeat(300)),
  );
  const context = fc.oneof(
    fc.dictionary(names, fc.jsonValue()).map((entries) => JSON.stringify(entries)),
    fc.string({ unit: "binary" }),
    fc.json(),
  );
  fc.assert(
    fc.property(context, (text) => {
      // A variable of the environment ends at the first NUL.
      process.env.MLFLOW_RUN_CONTEXT = text;
      for (const [key, value] of contextTags()) {
        validateKey("tag", key);
        expect(value).toBeTypeOf("string");
      }
    }),
    { numRuns: samples(300) },
  );
}, 60_000);
