import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { autolog, onTraining, prepareAutolog, type TrainingEvent } from "../../../src/autolog";
import { globalSlot } from "../../../src/core";
import { activeRun, endRun, flush, logMetric, logParam, startRun } from "../../../src/tracking";
import { newStore } from "../tracking/new-store";
import { Net, train, trainNow } from "./fake-library";

prepareAutolog();
beforeEach(() => {
  process.env.TRACKBOOK_TESTING = "1";
  autolog({ logSource: false });
});
afterEach(() => {
  autolog({ disable: true });
  delete process.env.TRACKBOOK_TESTING;
});

describe("a model that is trained on", () => {
  test("counts its epochs on, whether its user counts from 0 again or on with initialEpoch", async () => {
    const { runs, history } = newStore();
    const model = new Net();
    const events: TrainingEvent[] = [];
    const remove = onTraining((event) => events.push(event));
    await train(model, { epochs: 2 });
    await train(model, { epochs: 2 });
    remove();
    await flush();
    const [run] = runs();
    expect(history(run?.info.runId as string, "loss").map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(events.flatMap((event) => (event.type === "epoch" ? event.index : []))).toEqual([0, 1, 2, 3]);
    expect(events.map(({ training }) => training.epochOffset)).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
    expect(run?.data.params.epochs).toBe("2");
  });

  test("stays on its run while others are trained, and is its process's active run again", async () => {
    const { runs } = newStore();
    const [first, second] = [new Net(), new Net()];
    trainNow(first);
    const run = activeRun();
    trainNow(second);
    expect(activeRun()).not.toBe(run);
    trainNow(first);
    expect(activeRun()).toBe(run);
    expect(runs().map(({ info }) => info.status)).toEqual(["FINISHED", "FINISHED"]);
  });

  test("is another training with another hyperparameter, on an ended run, in another run, or after a failure", async () => {
    const { runs } = newStore();
    const model = new Net();
    trainNow(model, { params: { rate: 1 } });
    trainNow(model, { params: { rate: 2 } });
    await endRun();
    trainNow(model, { params: { rate: 2 } });
    const run = startRun();
    trainNow(model, { params: { rate: 2 } });
    trainNow(model, { params: { rate: 2 } });
    await run.end();
    const fails = () => {
      throw new Error("mine");
    };
    expect(() => trainNow(model, { onEpoch: fails })).toThrow("mine");
    trainNow(model);
    await flush();
    expect(runs().map(({ info, outputs }) => [info.status, outputs.modelOutputs.length])).toEqual([
      ["FINISHED", 1],
      ["FINISHED", 1],
      ["FINISHED", 1],
      ["FINISHED", 1],
      ["FAILED", 0],
      ["FINISHED", 1],
    ]);
  });
});

test("a training under way outside an explicit run has its own; the active one is the one begun last", async () => {
  const { runs, run: stored } = newStore();
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const first = train(new Net(), { onEpoch: () => gate });
  const firstRun = activeRun();
  const second = train(new Net());
  const secondRun = activeRun();
  expect(secondRun).not.toBe(firstRun);
  logMetric("by-hand", 1);
  await second;
  expect(stored(firstRun?.id as string).info.status).toBe("RUNNING");
  expect(stored(secondRun?.id as string).info.status).toBe("FINISHED");
  go();
  await first;
  expect(runs().map(({ info }) => info.status)).toEqual(["FINISHED", "FINISHED"]);
  expect(activeRun()).toBe(secondRun);
});

test("an explicit run waits for its trainings when it is ended FINISHED, not when it is given up", async () => {
  const { run: stored } = newStore();
  const run = startRun();
  const training = train(new Net(), { epochs: 3 });
  const ended = run.end();
  expect(stored(run.id).info.status).toBe("RUNNING");
  await ended;
  expect(stored(run.id).info.status).toBe("FINISHED");
  expect(await training).toBe("trained");

  const other = startRun();
  const given = train(new Net(), { epochs: 3 });
  await other.end("FAILED");
  expect(stored(other.id).info.status).toBe("FAILED");
  await given;
  await flush();
  expect(stored(other.id)).toMatchObject({ info: { status: "FAILED" }, data: { metrics: { loss: 1 / 3 } } });
});

test("an implicit run given up by its user keeps that status when its training finishes", async () => {
  const { runs } = newStore();
  const training = train(new Net());
  await endRun("KILLED");
  await training;
  expect(runs().map(({ info }) => info.status)).toEqual(["KILLED"]);
  trainNow(new Net());
  await endRun("FAILED");
  expect(runs()[1]?.info.status).toBe("FAILED");
});

test("a param of the user's or of an earlier training is not logged over", async () => {
  const { runs } = newStore();
  const run = startRun();
  logParam("rate", "mine");
  trainNow(new Net(), { params: { rate: 1 } });
  trainNow(new Net(), { params: { rate: 2 } });
  await run.end();
  expect(runs()[0]?.data.params).toEqual({ rate: "mine", epochs: "1", "epochs-2": "1", "rate-2": "2" });
});

test("runs that are over are held by nobody, however many there were", () => {
  newStore();
  for (let index = 0; index < 30; index++) trainNow(new Net());
  const { open } = globalSlot("run-stack", () => ({ open: new Set<unknown>() }));
  expect(open.size).toBe(0);
});

test("a run may be ended in a callback of its own training: nothing waits for itself, and the run is whole", async () => {
  const { runs, history } = newStore();
  const run = startRun();
  await train(new Net(), { epochs: 3, onEpoch: (epoch) => epoch === 1 && run.end() });
  await flush();
  expect(runs().map(({ info }) => info.status)).toEqual(["FINISHED"]);
  expect(history(run.id, "loss")).toHaveLength(3);
});
