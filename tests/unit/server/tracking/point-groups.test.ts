import { expect, test } from "vitest";
import { serveFilled } from "../../../support/served-folder";

const PATH = "/api/2.0/mlflow/runs/log-metric";

test("points that come in at once are all stored when they are answered, and each sender is told what was wrong with its own", async () => {
  const { ask, backend, experimentId, runId, modelId } = await serveFilled();
  const other = (
    await backend.store.createRun({ experimentId, runName: "other", userId: "me", startTime: 1, tags: [] })
  ).info.runId;
  const gone = (await backend.store.createRun({ experimentId, runName: "gone", userId: "me", startTime: 1, tags: [] }))
    .info.runId;
  await backend.store.deleteRun(gone);
  const sent = Array.from({ length: 200 }, (_, step) => {
    const bad = { run_id: runId, key: "a$b", value: 1, timestamp: 1, step };
    const run_id = [runId, other, gone, "nothing"][step % 4];
    return step % 10 === 9
      ? bad
      : { run_id, key: "m", value: step, timestamp: 1, step, ...(step === 0 && { model_id: modelId }) };
  });
  const answers = await Promise.all(sent.map((body) => ask("POST", PATH, body)));
  const expected = sent.map(({ key }, step) => (key === "a$b" ? 400 : [200, 200, 400, 404][step % 4]));
  expect(answers.map(({ status }) => status)).toEqual(expected);
  for (const id of [runId, other]) {
    const { items } = await backend.store.getMetricHistory(id, "m");
    const steps = sent.flatMap((body) => (body.run_id === id && body.key === "m" ? [body.step] : []));
    expect(items.map(({ step }) => step).sort((a, b) => a - b)).toEqual(steps);
  }
  expect((await backend.store.getLoggedModel(modelId)).metrics).toMatchObject([{ key: "m", step: 0 }]);
});
