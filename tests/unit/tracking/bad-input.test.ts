import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  activeRun,
  flush,
  logArtifact,
  logArtifacts,
  logMetric,
  logMetrics,
  logParam,
  logParams,
  logText,
  setExperiment,
  setTags,
  setTrackingUri,
  startRun,
} from "../../../src/tracking";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf, rejectionOf } from "../../support/error-of";
import { forgetWarnings, newStore } from "./new-store";
import {
  anything,
  FILE_VERBS,
  NAMING_VERBS,
  NO_NUMBERS,
  NO_RECORDS,
  RECORD_VERBS,
  WRONG_CALLS,
  WRONG_FILES,
  WRONG_NAMES,
} from "./wrong-calls";

test("a wrong call is refused at once, and no run is opened for it", () => {
  const { runs } = newStore();
  for (const call of WRONG_CALLS) expect(errorOf(call).code, String(call)).toBe("INVALID_PARAMETER_VALUE");
  expect(activeRun()).toBeUndefined();
  expect(runs()).toEqual([]);
});

describe("a wrong name", () => {
  test.each(NAMING_VERBS)("of %s is refused at once, with what would be accepted", (_, log) => {
    const { runs } = newStore();
    for (const name of WRONG_NAMES) {
      const error = errorOf(() => log(name as never));
      expect(error.name, name).toBe("InvalidInputError");
      expect(error.code).toBe("INVALID_PARAMETER_VALUE");
      expect(error.accepted).toBeTruthy();
      expect(error.hint).toBeTruthy();
      expect(error.message).toContain("[INVALID_PARAMETER_VALUE]");
      if (name === "") expect(error.message).toContain("must not be empty");
    }
    expect(activeRun()).toBeUndefined();
    expect(runs()).toEqual([]);
  });

  test("of 250 characters is right, and so are letters of every script", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    // A file's name has at most 255 bytes on most disks, so the longest names have folders.
    const key = `${"k".repeat(125)}/${"k".repeat(124)}`;
    logParam(key, "x");
    logMetric("größe/损失 1:2", 1);
    await flush();
    expect(stored(run.id).data).toMatchObject({ params: { [key]: "x" }, metrics: { "größe/损失 1:2": 1 } });
  });
});

describe("a wrong value", () => {
  test("of a metric is refused, and other verbs are named for it", () => {
    newStore();
    for (const value of NO_NUMBERS) {
      const error = errorOf(() => logMetric("loss", anything(value)));
      expect(error.received).toBe(value);
      expect(error.hint).toContain("logDict");
      expect(errorOf(() => logMetrics({ fine: 1, loss: anything(value) })).code).toBe("INVALID_PARAMETER_VALUE");
    }
    expect(activeRun()).toBeUndefined();
  });

  test("of a step, a time or an option is refused", () => {
    newStore();
    const refused = (options: unknown) => errorOf(() => logMetric("loss", 1, anything(options)));
    expect(refused({ step: 0.5 }).message).toContain('step of metric "loss"');
    expect(refused({ timestamp: -1 }).accepted).toContain("milliseconds");
    expect(refused({ stepp: 1 }).hint).toBe('did you mean "step"?');
  });

  test("in a list of things stops all of them before the first is logged", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    errorOf(() => logParams({ fine: 1, "a//b": 2 }));
    errorOf(() => logMetrics({ fine: 1, other: anything("x") }));
    errorOf(() => setTags({ fine: 1, other: Symbol("s") }));
    await flush();
    expect(stored(run.id).data.params).toEqual({});
    expect(stored(run.id).data.metrics).toEqual({});
    expect(stored(run.id).data.tags).not.toHaveProperty("fine");
  });

  test("where names and values are expected is refused", () => {
    newStore();
    for (const record of NO_RECORDS) {
      for (const verb of RECORD_VERBS)
        expect(errorOf(() => verb(anything(record))).accepted).toBe("an object of names and values");
    }
  });

  test("of a param may be anything that has a text", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    const html = "<img src=x onerror=alert(1)>";
    logParams({ html, list: [1, 2], none: null, big: 12n, when: new Date(0), of: Math.max, long: "x".repeat(9000) });
    await flush();
    const { params } = stored(run.id).data;
    expect(params).toMatchObject({ html, list: "[1,2]", none: "null", big: "12", when: "1970-01-01T00:00:00.000Z" });
    expect(params.of).toBe("max");
    expect(params.long).toHaveLength(6000);
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(errorOf(() => logParam("circular", circular)).cause).toBeInstanceOf(TypeError);
  });
});

describe("a param logged twice", () => {
  test("is fine with the same value, and throws at the call with another", async () => {
    const { run: stored } = newStore();
    const run = startRun();
    logParam("rate", 0.5);
    logParam("rate", "0.5");
    const error = errorOf(() => logParams({ other: 1, rate: 0.6 }));
    expect(error.message).toContain("already logged with value='0.5'");
    expect(error.hint).toBeTruthy();
    await flush();
    expect(stored(run.id).data.params).toEqual({ rate: "0.5" });
  });

  test("throws from flush when another process logged the first", async () => {
    capturedStderr();
    const { store } = newStore();
    const run = startRun();
    store.logBatch(run.id, { params: [{ key: "rate", value: "1" }] });
    logParam("rate", 2);
    logParam("other", 3);
    const error = await rejectionOf(flush());
    expect(error.code).toBe("INVALID_PARAMETER_VALUE");
    expect(error.message).toContain("already logged with value='1'");
    expect(store.getRun(run.id).data.params).toEqual({ rate: "1", other: "3" });
  });
});

describe("a wrong file", () => {
  test.each(FILE_VERBS)("name of %s is refused", (_, log) => {
    newStore();
    for (const file of WRONG_FILES) expect(errorOf(() => log(file as never)).accepted).toBeTruthy();
  });

  test("to keep is told with what is meant", () => {
    newStore();
    expect(errorOf(() => logArtifact("/no/such/file")).accepted).toContain("existing file");
    expect(errorOf(() => logArtifacts(__filename)).hint).toContain("logArtifact");
  });
});

test("a wrong place or experiment is told with what is meant", () => {
  newStore();
  expect(errorOf(() => setTrackingUri(anything(7))).accepted).toContain("string");
  expect(errorOf(() => setExperiment(anything({ nmae: "a" }))).hint).toBe('did you mean "name"?');
});

test("a folder of something else is no store, and stays as it is", async () => {
  forgetWarnings();
  const written = capturedStderr();
  const { folder } = newStore();
  mkdirSync(join(folder, "mlruns"));
  writeFileSync(join(folder, "mlruns", "notes.txt"), "mine");
  expect(errorOf(() => startRun()).message).toContain("no MLflow file store");
  logMetric("loss", 1);
  logText("text", "a.txt");
  expect(written).toHaveLength(1);
  const error = await rejectionOf(flush());
  expect(error.code).toBe("INVALID_STATE");
  expect(error.hint).toContain("setTrackingUri");
  expect(readdirSync(join(folder, "mlruns"))).toEqual(["notes.txt"]);
});
