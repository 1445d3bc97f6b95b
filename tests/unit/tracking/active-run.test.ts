import { describe, expect, test } from "vitest";
import {
  activeRun,
  endRun,
  flush,
  getRun,
  lastActiveRun,
  logMetric,
  logParam,
  setExperiment,
  setTag,
  startRun,
  TrackingClient,
} from "../../../src/tracking";
import { errorOf } from "../../support/error-of";
import { newStore, withEnvironment } from "./new-store";

describe("startRun", () => {
  test("makes its run the active one until it ends", async () => {
    const { run: stored } = newStore();
    expect(activeRun()).toBeUndefined();
    const run = startRun({ runName: "first", tags: { stage: "dev" }, description: "a try" });
    expect(activeRun()).toBe(run);
    expect(stored(run.id).info.status).toBe("RUNNING");
    logParam("rate", 0.5);
    await run.end();
    expect(activeRun()).toBeUndefined();
    expect(lastActiveRun()).toBe(run);
    expect(run.status).toBe("FINISHED");
    const { info, data } = stored(run.id);
    expect(info).toMatchObject({ runName: "first", status: "FINISHED", endTime: expect.any(Number) });
    expect(data.params).toEqual({ rate: "0.5" });
    expect(data.tags).toMatchObject({ stage: "dev", "mlflow.note.content": "a try", "mlflow.runName": "first" });
  });

  test("refuses a second one while it is active, and says how to nest or end", async () => {
    newStore();
    const run = startRun();
    const error = errorOf(() => startRun());
    expect(error.code).toBe("RUN_ACTIVE");
    expect(error.message).toContain(run.id);
    expect(error.hint).toMatch(/nested: true.*endRun\(\)/);
    expect(activeRun()).toBe(run);
    await run.end();
    await startRun().end();
  });

  test("nested makes a child, and its end brings the parent back", async () => {
    const { run: stored } = newStore();
    const parent = startRun();
    const child = startRun({ nested: true, parentRunId: parent.id });
    expect(activeRun()).toBe(child);
    expect(stored(child.id).data.tags["mlflow.parentRunId"]).toBe(parent.id);
    await endRun();
    expect(activeRun()).toBe(parent);
    expect(errorOf(() => startRun({ nested: true, parentRunId: child.id })).code).toBe("INVALID_PARAMETER_VALUE");
  });

  test("a parent is named without being active, if there is such a run", async () => {
    const { run: stored } = newStore();
    const parent = startRun();
    await parent.end();
    const child = startRun({ parentRunId: parent.id });
    expect(stored(child.id).data.tags["mlflow.parentRunId"]).toBe(parent.id);
    await child.end();
    expect(errorOf(() => startRun({ parentRunId: "0".repeat(32) })).code).toBe("RESOURCE_DOES_NOT_EXIST");
    await new TrackingClient().deleteRun(parent.id);
    expect(errorOf(() => startRun({ parentRunId: parent.id })).message).toContain("deleted");
    expect(activeRun()).toBeUndefined();
  });

  test("goes on with a run by its id, whose params it knows", async () => {
    const { run: stored } = newStore();
    const first = startRun({ runName: "long" });
    logParam("rate", 1);
    await first.end("FAILED");
    const again = startRun({ runId: first.id, tags: { tries: 2 } });
    expect(again.name).toBe("long");
    expect(stored(first.id).info.status).toBe("RUNNING");
    expect(errorOf(() => logParam("rate", 2)).message).toContain("already logged with value='1'");
    await again.end();
    expect(stored(first.id)).toMatchObject({ info: { status: "FINISHED" }, data: { tags: { tries: "2" } } });
  });

  test("goes on with the implicit run that is active, what waits to be written included", async () => {
    const { runs } = newStore();
    logParam("rate", 1);
    const run = startRun({ runId: activeRun()?.id });
    expect(errorOf(() => logParam("rate", 2)).code).toBe("INVALID_PARAMETER_VALUE");
    expect(runs()[0]?.info.status).toBe("RUNNING");
    await run.end();
    expect(runs()).toMatchObject([{ info: { status: "FINISHED" }, data: { params: { rate: "1" } } }]);
  });

  test("does not go on with a deleted run, an unknown one, or one of another experiment", async () => {
    newStore();
    const run = startRun();
    await run.end();
    setExperiment("other");
    expect(errorOf(() => startRun({ runId: run.id })).message).toContain("belongs to experiment");
    setExperiment({ experimentId: "0" });
    expect(errorOf(() => startRun({ runId: run.id, experimentName: "other" })).code).toBe("INVALID_PARAMETER_VALUE");
    await new TrackingClient().deleteRun(run.id);
    const deleted = errorOf(() => startRun({ runId: run.id }));
    expect(deleted.message).toContain("'active' state");
    expect(deleted.hint).toContain("restoreRun");
    expect(errorOf(() => startRun({ runId: "f".repeat(32) })).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect(activeRun()).toBeUndefined();
  });

  test("ends an implicit run silently", async () => {
    const { runs } = newStore();
    logParam("a", 1);
    const run = startRun();
    expect(runs().map(({ info }) => info.status)).toEqual(["FINISHED", "RUNNING"]);
    await run.end();
  });

  test("nested under an implicit run is its child", async () => {
    const { runs } = newStore();
    logParam("a", 1);
    const implicit = activeRun();
    const child = startRun({ nested: true });
    await child.end();
    expect(activeRun()).toBe(implicit);
    expect(runs()[1]?.data.tags["mlflow.parentRunId"]).toBe(implicit?.id);
  });

  test("takes no unknown option, wrong type or contradiction", () => {
    const { runs } = newStore();
    const refused = (options: object) => errorOf(() => startRun(options as never));
    expect(refused({ runname: "a" }).hint).toBe('did you mean "runName"?');
    expect(refused({ nested: "yes" }).accepted).toBe("true or false");
    expect(refused({ logSystemMetrics: 1 }).accepted).toBe("true or false");
    expect(refused({ runId: 7 }).accepted).toBe("a string");
    expect(refused({ tags: ["a"] }).code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused({ tags: { "a//b": 1 } }).code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused({ experimentName: "a", experimentId: "0" }).message).toContain("given twice");
    expect(refused({ description: "a", tags: { "mlflow.note.content": "b" } }).message).toContain("given twice");
    expect(refused({ runName: "a", tags: { "mlflow.runName": "b" } }).message).toContain("different values");
    expect(errorOf(() => startRun({}, "train" as never)).accepted).toBe("a function of the run");
    expect(runs()).toEqual([]);
  });
});

describe("the experiment", () => {
  test("is chosen lazily: nothing is made before a run is opened", async () => {
    const { store } = newStore();
    setExperiment("penguins");
    expect(store.getExperimentByName("penguins")).toBeUndefined();
    const run = startRun();
    expect(store.getExperimentByName("penguins")?.experimentId).toBe(run.experimentId);
    await run.end();
  });

  test("is the one of the environment when none was chosen", async () => {
    const { store } = newStore();
    withEnvironment({ MLFLOW_EXPERIMENT_NAME: "from-env" });
    setExperiment({ experimentId: "0" });
    const chosen = startRun();
    expect(chosen.experimentId).toBe("0");
    await chosen.end();
    const named = startRun({ experimentName: "named" });
    expect(store.getExperiment(named.experimentId).name).toBe("named");
    await named.end();
  });

  test("if deleted is an error where a run would be opened, and not before", async () => {
    const { store } = newStore();
    store.deleteExperiment(store.createExperiment("gone"));
    setExperiment("gone");
    for (const open of [() => startRun(), () => logParam("a", 1), () => logMetric("a", 1), () => setTag("a", 1)]) {
      const error = errorOf(open);
      expect(error.code).toBe("INVALID_PARAMETER_VALUE");
      expect(error.message).toContain('"gone"');
      expect(error.hint).toContain("restoreExperiment");
    }
    expect(activeRun()).toBeUndefined();
    setExperiment({ experimentId: "77" });
    expect(errorOf(() => logParam("a", 1)).code).toBe("RESOURCE_DOES_NOT_EXIST");
  });
});

describe("ending", () => {
  test("twice is fine, and the first status stays", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    await run.end("KILLED");
    await run.end();
    await endRun();
    expect(stored(run.id).info.status).toBe("KILLED");
  });

  test("takes the verbs of a run away", async () => {
    const { folder } = newStore();
    const run = startRun();
    await run.end();
    const verbs: Readonly<Record<string, () => void>> = {
      logParam: () => run.logParam("a", 1),
      logParams: () => run.logParams({ a: 1 }),
      logMetric: () => run.logMetric("a", 1),
      logMetrics: () => run.logMetrics({ a: 1 }),
      setTag: () => run.setTag("a", 1),
      setTags: () => run.setTags({ a: 1 }),
      deleteTag: () => run.deleteTag("a"),
      logText: () => run.logText("a", "a.txt"),
      logArtifact: () => run.logArtifact(folder),
      logArtifacts: () => run.logArtifacts(folder),
    };
    for (const [name, verb] of Object.entries(verbs)) {
      const error = errorOf(verb);
      expect(error.code).toBe("RUN_ENDED");
      expect(error.message).toContain(`${name} was called on`);
      expect(error.hint).toContain(`runId: "${run.id}"`);
    }
  });

  test("takes no status that is no end", () => {
    newStore();
    const run = startRun();
    expect(errorOf(() => run.end("RUNNING" as never)).accepted).toBe("FINISHED, FAILED, KILLED");
    expect(errorOf(() => endRun("done" as never)).code).toBe("INVALID_PARAMETER_VALUE");
    expect(run.status).toBe("RUNNING");
  });

  test("happens by itself with `await using`", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    await run[Symbol.asyncDispose]();
    expect(stored(run.id).info.status).toBe("FINISHED");
  });
});

describe("a verb without a run", () => {
  test("opens one, which takes the next verbs too", async () => {
    const { runs } = newStore();
    logParam("a", 1);
    const run = activeRun();
    logMetric("loss", 0.5);
    setTag("stage", "dev");
    await flush();
    expect(activeRun()).toBe(run);
    expect(runs()).toMatchObject([
      { info: { status: "RUNNING" }, data: { params: { a: "1" }, metrics: { loss: 0.5 }, tags: { stage: "dev" } } },
    ]);
    await endRun("FAILED");
    expect(runs()[0]?.info.status).toBe("FAILED");
  });

  test("whose arguments are wrong opens none", () => {
    const { runs } = newStore();
    errorOf(() => logParam("../a", 1));
    errorOf(() => logMetric("a", "1" as never));
    expect(activeRun()).toBeUndefined();
    expect(runs()).toEqual([]);
  });
});

test("reading verbs see what was logged before them", async () => {
  newStore();
  const run = startRun();
  logMetric("loss", 0.25);
  expect((await getRun(run.id)).data.metrics).toEqual({ loss: 0.25 });
});
