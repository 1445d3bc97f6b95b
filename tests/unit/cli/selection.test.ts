import { expect, test } from "vitest";
import { selectGarbage } from "../../../src/cli/gc/selection";
import type { DeletedEntity } from "../../../src/stores";

const entity = (
  kind: DeletedEntity["kind"],
  id: string,
  experimentId: string,
  deletedTime?: number,
): DeletedEntity => ({
  kind,
  id,
  name: id,
  experimentId,
  deletedTime,
  artifactUri: `/store/${id}/artifacts`,
  goesWithExperiment: false,
});

const run = entity("run", "r1", "1", 100);
const unknownAge = entity("run", "r2", "1");
const inner = entity("run", "r3", "2", 200);
const model = { ...entity("logged model", "m-1", "2", 200), goesWithExperiment: true };
const experiment = entity("experiment", "2", "2", 100);
const deleted = [run, unknownAge, inner, model, experiment];

test("without ids all that is deleted goes, an experiment after what is in it", () => {
  expect(selectGarbage(deleted, {})).toEqual(deleted);
});

test("with an age, what is younger stays, and so does an experiment with something younger in it", () => {
  expect(selectGarbage(deleted, { before: 150, olderThan: "1h" })).toEqual([run, unknownAge]);
});

test("ids mean those alone; an experiment takes what is in it, also a model that is deleted only with it", () => {
  expect(selectGarbage(deleted, { runIds: ["r1"] })).toEqual([run]);
  expect(selectGarbage(deleted, { experimentIds: ["2"] })).toEqual([inner, model, experiment]);
  expect(() => selectGarbage(deleted, { loggedModelIds: ["m-1"] })).toThrow("No deleted logged model");
});
