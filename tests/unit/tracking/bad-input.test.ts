import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  activeRun,
  deleteTag,
  flush,
  logArtifact,
  logArtifacts,
  logDict,
  logFigure,
  logImage,
  logInput,
  logMetric,
  logMetrics,
  logParam,
  logParams,
  logTable,
  logText,
  setExperiment,
  setTag,
  setExperimentTag,
  setTags,
  setTrackingUri,
  startRun,
} from "../../../src/tracking";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf, rejectionOf } from "../../support/error-of";
import { forgetWarnings, newStore } from "./new-store";

/** What a caller without types might pass. */
const anything = (value: unknown) => value as never;
const long = "k".repeat(251);

describe("a wrong name", () => {
  const kinds: readonly (readonly [string, (key: never) => void])[] = [
    ["logParam", (key) => logParam(key, 1)],
    ["logParams", (key) => logParams({ [String(key)]: 1 })],
    ["logMetric", (key) => logMetric(key, 1)],
    ["logMetrics", (key) => logMetrics({ [String(key)]: 1 })],
    ["setTag", (key) => setTag(key, 1)],
    ["setTags", (key) => setTags({ [String(key)]: 1 })],
    ["deleteTag", (key) => deleteTag(key)],
  ];
  const names = ["", "a/../../b", "..", "/abs", "a//b", "a/", "a\0b", "<img src=x onerror=alert(1)>", "a\nb", long];

  test.each(kinds)("of %s is refused at once, with what would be accepted", (_, log) => {
    const { runs } = newStore();
    for (const name of names) {
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

  test("that is no string is refused", () => {
    newStore();
    for (const key of [undefined, null, 7, {}, Symbol("s")]) {
      expect(errorOf(() => logMetric(anything(key), 1)).code).toBe("INVALID_PARAMETER_VALUE");
      for (const verb of [deleteTag, logParam, setTag, setExperimentTag] as ((key: never, value: number) => void)[])
        expect(errorOf(() => verb(anything(key), 1)).code).toBe("INVALID_PARAMETER_VALUE");
    }
  });
});

describe("a wrong value", () => {
  test("of a metric is refused, and other verbs are named for it", () => {
    newStore();
    for (const value of [{ a: 1 }, "0.5", undefined, null, [1], true, 1n]) {
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
    expect(refused({ step: "1" }).code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused({ step: 2 ** 53 }).code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused({ timestamp: -1 }).accepted).toContain("milliseconds");
    expect(refused({ stepp: 1 }).hint).toBe('did you mean "step"?');
    expect(refused(3).code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused(null).code).toBe("INVALID_PARAMETER_VALUE");
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
    for (const record of [undefined, null, "a", ["a"], 3]) {
      for (const verb of [logParams, logMetrics, setTags])
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
  test.each([
    ["logText", (file: never) => logText("text", file)],
    ["logDict", (file: never) => logDict({}, file)],
    ["logFigure", (file: never) => logFigure("<svg/>", file)],
    ["logTable", (file: never) => logTable([{ a: 1 }], file)],
  ])("name of %s is refused", (_, log) => {
    const { runs } = newStore();
    for (const file of ["../up.json", "/etc/x.json", "", "a\\b.json", "C:/x.json", "a//b.json", 7, undefined])
      expect(errorOf(() => log(file as never)).code).toBe("INVALID_PARAMETER_VALUE");
    expect(runs()).toEqual([]);
  });

  test("to keep is told at once", () => {
    const { folder, runs } = newStore();
    expect(errorOf(() => logArtifact("/no/such/file")).accepted).toContain("existing file");
    expect(errorOf(() => logArtifact(anything(7))).code).toBe("INVALID_PARAMETER_VALUE");
    expect(errorOf(() => logArtifacts(__filename)).hint).toContain("logArtifact");
    expect(errorOf(() => logArtifact(__filename, "../up")).code).toBe("INVALID_PARAMETER_VALUE");
    expect(errorOf(() => logArtifacts(folder, "/abs")).code).toBe("INVALID_PARAMETER_VALUE");
    expect(runs()).toEqual([]);
  });

  test("content is told at once", () => {
    const { runs } = newStore();
    const refused = [
      () => logText(anything(7), "a.txt"),
      () => logDict(undefined, "a.json"),
      () => logDict(1n, "a.json"),
      () => logFigure(anything(7), "a.svg"),
      () => logTable([{ a: 1 }], "a.csv"),
      () => logTable(anything("text"), "a.json"),
      () => logTable(anything([1, 2]), "a.json"),
      () => logTable({ a: [1], b: [1, 2] }, "a.json"),
      () => logTable([{ a: 1n }], "a.json"),
      () => logImage(anything("text"), "a.png"),
      () => logImage(new Uint8Array([1, 2, 3]), "a.png"),
      () => logImage({ data: [1, 2, 3], width: 2, height: 2 }, "a.png"),
      () => logImage({ data: [1, 2, 3, 4], width: 2, height: 2 }, "a.png", anything({ stp: 1 })),
      () => logImage({ data: [1, 2, 3, 4], width: 2, height: 2 }, "key", { step: 0.5 }),
      () => logImage({ data: [1, 2, 3, 4], width: 2, height: 2 }, "key%"),
      () => logTable({ a: [1], b: anything(2) }, "a.json"),
      () => logInput(anything({}), {}),
      () => logInput({ name: "n", digest: "d", sourceType: "local", source: "{}" }, { tags: { a: "x".repeat(501) } }),
      () => logInput(anything(null)),
    ];
    for (const verb of refused) expect(errorOf(verb).code, String(verb)).toBe("INVALID_PARAMETER_VALUE");
    expect(runs()).toEqual([]);
  });
});

test("a wrong place or experiment is told at once", () => {
  newStore();
  expect(errorOf(() => setTrackingUri(anything(7))).accepted).toContain("string");
  expect(errorOf(() => setTrackingUri("gopher://x")).code).toBe("INVALID_PARAMETER_VALUE");
  for (const experiment of ["", "x".repeat(501), 7, null, {}, { name: "a", experimentId: "1" }, { experimentId: 1 }])
    expect(errorOf(() => setExperiment(anything(experiment))).code).toBe("INVALID_PARAMETER_VALUE");
  expect(errorOf(() => setExperiment(anything({ nmae: "a" }))).hint).toBe('did you mean "name"?');
  expect(errorOf(() => setExperimentTag("a//b", 1)).code).toBe("INVALID_PARAMETER_VALUE");
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
