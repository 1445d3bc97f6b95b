import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  activeRun,
  deleteTag,
  flush,
  logMetric,
  logMetrics,
  logParam,
  logText,
  setTag,
  startRun,
} from "../../../src/tracking";
import * as validation from "../../../src/core/validation";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf, rejectionOf } from "../../support/error-of";
import { forgetWarnings, newStore } from "./new-store";

beforeEach(forgetWarnings);

describe("histories", () => {
  test("of 200,000 points logged in one turn are complete and in order, few of them waiting at a time", async () => {
    const { folder, history } = newStore();
    const run = startRun();
    const file = join(folder, "mlruns", "0", run.id, "metrics", "loss");
    for (let step = 0; step < 200_000; step++) {
      logMetric("loss", step / 2, { step, timestamp: step });
      // Whatever the machine's speed: never more than 64k points wait.
      if (step === 65_536) expect(existsSync(file)).toBe(true);
    }
    await run.end();
    const points = history(run.id, "loss");
    expect(points).toHaveLength(200_000);
    const isInOrder = points.every(({ step, value, timestamp }, index) => {
      return step === index && value === index / 2 && timestamp === index;
    });
    expect(isInOrder).toBe(true);
  });

  test("keep NaN, infinities, negative steps, and times as given", async () => {
    const { history } = newStore();
    const run = startRun();
    logMetric("x", Number.NaN, { step: -3, timestamp: 1 });
    logMetric("x", Number.POSITIVE_INFINITY, { step: -3, timestamp: 2 });
    logMetric("x", Number.NEGATIVE_INFINITY, { step: Number.MIN_SAFE_INTEGER, timestamp: 3 });
    logMetric("x", -0, { step: Number.MAX_SAFE_INTEGER, timestamp: 4 });
    await flush();
    expect(history(run.id, "x").map(({ value, step, timestamp }) => [value, step, timestamp])).toEqual([
      [Number.NaN, -3, 1],
      [Number.POSITIVE_INFINITY, -3, 2],
      [Number.NEGATIVE_INFINITY, Number.MIN_SAFE_INTEGER, 3],
      [-0, Number.MAX_SAFE_INTEGER, 4],
    ]);
  });

  test("logMetrics gives all of its points one time and one step", async () => {
    const { history } = newStore();
    const run = startRun();
    logMetrics({ loss: 1, "val/loss": 2 }, { step: 7 });
    await flush();
    const [loss] = history(run.id, "loss");
    expect(history(run.id, "val/loss")).toMatchObject([{ value: 2, step: 7, timestamp: loss?.timestamp }]);
  });
});

describe("what is logged", () => {
  test("is written by the event loop when no verb follows", async () => {
    const { history } = newStore();
    const run = startRun();
    logMetric("loss", 1);
    logMetric("loss", 2, { step: 1 });
    await vi.waitFor(() => expect(history(run.id, "loss")).toHaveLength(2), 30_000);
  });

  test("is written by a verb when the last write is 100 ms old, also in a loop that never ends its turn", () => {
    const { history } = newStore();
    const run = startRun();
    logMetric("loss", 0);
    const deadline = performance.now() + 5000;
    let step = 0;
    while (history(run.id, "loss").length < 3 && performance.now() < deadline) logMetric("loss", 1, { step: ++step });
    expect(history(run.id, "loss").length).toBeGreaterThanOrEqual(3);
  });

  test("keeps its order: the last tag wins, a deleted one is gone", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    setTag("stage", "one");
    setTag("stage", "two");
    setTag("gone", "yes");
    deleteTag("gone");
    deleteTag("stage");
    setTag("stage", "three");
    await flush();
    expect(stored(run.id).data.tags.stage).toBe("three");
    expect(stored(run.id).data.tags).not.toHaveProperty("gone");
  });

  test("has its metric's name checked once, not at each point", async () => {
    newStore();
    const run = startRun();
    const check = vi.spyOn(validation, "isNormalisedPath");
    for (let step = 0; step < 1000; step++) run.logMetric("loss", step, { step });
    expect(check.mock.calls.length).toBeLessThan(2);
    check.mockRestore();
  });
});

describe("what cannot be stored", () => {
  /** A run in which folders lie where these params would be written. */
  function damagedRun(...params: readonly string[]) {
    const { folder, ...made } = newStore();
    const run = startRun();
    for (const param of params) mkdirSync(join(folder, "mlruns", "0", run.id, "params", param));
    return { ...made, run };
  }

  test("is told by flush, the rest is stored, and the verbs throw nothing", async () => {
    const written = capturedStderr();
    const { run, history } = damagedRun("rate");
    logParam("rate", 1);
    logMetric("loss", 0.5);
    const error = await rejectionOf(flush());
    expect(error.code).toBe("INVALID_PARAMETER_VALUE");
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('param "rate"');
    expect(history(run.id, "loss")).toHaveLength(1);
    // Told once.
    await flush();
  });

  test("of several writes is told as a whole", async () => {
    capturedStderr();
    const { run } = damagedRun("a", "b");
    logParam("a", 1);
    logParam("b", 2);
    const error = await rejectionOf(run.end());
    expect(error.message).toContain("2 writes were not stored");
    expect((error.cause as AggregateError).errors).toHaveLength(2);
  });

  test("of another run is not this run's failure, and still told by flush", async () => {
    capturedStderr();
    const { run } = damagedRun("a");
    logParam("a", 1);
    const child = startRun({ nested: true });
    child.logParam("a", 1);
    await child.end();
    expect((await rejectionOf(flush())).code).toBe("INVALID_PARAMETER_VALUE");
    await run.end();
  });

  test("nobody has to wait for: no unhandled rejection", async () => {
    capturedStderr();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { run } = damagedRun("a", "b");
    logParam("a", 1);
    void flush();
    logParam("b", 1);
    void run.end();
    await turn();
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("does not fill the memory: a hundred failures of a run are kept", async () => {
    capturedStderr();
    const names = Array.from({ length: 300 }, (_, index) => `p${index}`);
    const { run } = damagedRun(...names);
    for (const name of names) logParam(name, 1);
    const error = await rejectionOf(run.end());
    expect((error.cause as AggregateError).errors).toHaveLength(100);
  });

  test("a metric that cannot be kept beside another is the only one lost", async () => {
    capturedStderr();
    const { run: stored } = newStore();
    const run = startRun();
    logMetrics({ a: 1, "a/b": 2, c: 3 });
    setTag("t", 1);
    setTag("t/u", 1);
    setTag("v", 1);
    await rejectionOf(flush());
    expect(stored(run.id).data.metrics).toEqual({ a: 1, c: 3 });
    expect(stored(run.id).data.tags).toMatchObject({ t: "1", v: "1" });
  });
});

describe("a place that is no store", () => {
  test("is one warning for verbs without a run; flush tells that they were not stored", async () => {
    const written = capturedStderr();
    const { folder } = newStore();
    writeFileSync(join(folder, "mlruns"), "a file");
    logParam("a", 1);
    logMetric("b", 1);
    logText("c", "c.txt");
    expect(activeRun()).toBeUndefined();
    expect(written).toHaveLength(1);
    expect(written[0]).toContain("no run could be opened");
    expect((await rejectionOf(flush())).name).toBe("StoreError");
    await flush();
    expect(readFileSync(join(folder, "mlruns"), "utf8")).toBe("a file");
  });

  test("is an error for startRun", () => {
    const { folder } = newStore();
    writeFileSync(join(folder, "mlruns"), "a file");
    const error = errorOf(() => startRun());
    expect(error.name).toBe("StoreError");
    expect(error.hint).toContain("MLFLOW_TRACKING_URI");
  });
});

test("an ended implicit run is not kept open: verbs on its handle are refused, its end stays", async () => {
  const { run: stored, folder } = newStore();
  logParam("a", 1);
  const run = activeRun();
  const next = startRun();
  const { endTime } = stored(run?.id as string).info;
  expect(errorOf(() => run?.logMetric("late", 1)).code).toBe("RUN_ENDED");
  await flush();
  expect(stored(run?.id as string).info.endTime).toBe(endTime);
  await next.end();
  expect(readdirSync(join(folder, "mlruns", "0"))).toHaveLength(3);
});
