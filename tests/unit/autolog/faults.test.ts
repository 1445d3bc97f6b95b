import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { autolog, onTraining, prepareAutolog } from "../../../src/autolog";
import { recordEvaluation } from "../../../src/autolog/recording/record-evaluation";
import { recordTraining } from "../../../src/autolog/recording/record-training";
import type {
  EvaluationHook,
  Integration,
  TrainingCall,
  TrainingData,
  TrainingOutcome,
  TrainingPlan,
} from "../../../src/libraries";
import { activeRun, flush, setExperiment, startRun } from "../../../src/tracking";
import { capturedStderr } from "../../support/captured-stderr";
import { forgetWarnings, newStore } from "../tracking/new-store";
import { FAKE, train, trainNow, Net, type Wanted } from "./fake-library";

prepareAutolog();
beforeEach(() => {
  forgetWarnings();
  autolog({ logSource: false });
});
afterEach(() => {
  autolog({ disable: true });
  delete process.env.TRACKBOOK_TESTING;
});

const boom = () => {
  throw new Error("boom");
};
const flavored = (snapshot: () => never): Integration => ({
  ...FAKE,
  flavor: { ...(FAKE.flavor as object), snapshot } as never,
});

/** Each place in which something of ours can break, and what is broken there. */
const broken = <T extends object>(target: T, key: keyof T): T => Object.defineProperty(target, key, { get: boom });
const FAULTS: readonly (readonly [string, Wanted, Integration])[] = [
  ["the hook's beginning", { begin: boom }, FAKE],
  ["the hook's ending", { begin: (plan) => ({ ...plan, finish: boom }) }, FAKE],
  ["the flavor", {}, flavored(boom)],
  ["the outcome", { outcome: broken<TrainingOutcome>({}, "metrics") }, FAKE],
  ["the data", { data: [broken<TrainingData>({ context: "train", data: 0 }, "data")] }, FAKE],
  ["a file", { outcome: { files: [broken({ path: "a.txt", content: "" }, "content")] } }, FAKE],
];

describe.each(FAULTS)("a fault in %s", (_, wanted, integration) => {
  test("leaves the training as it is, with one warning", async () => {
    const written = capturedStderr();
    newStore();
    expect(await train(new Net(), wanted, integration)).toBe("trained");
    expect(trainNow(new Net(), wanted, integration)).toBe("trained");
    await flush();
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/the training itself is not affected: boom/);
    expect(activeRun()?.status ?? "FINISHED").toBe("FINISHED");
  });

  test("is a throw under TRACKBOOK_TESTING=1", async () => {
    capturedStderr();
    newStore();
    process.env.TRACKBOOK_TESTING = "1";
    await expect((async () => train(new Net(), wanted, integration))()).rejects.toThrow("boom");
  });
});

test("a fault is noted on the run, also one of somebody who watches", async () => {
  capturedStderr();
  const { runs } = newStore();
  await train(new Net(), {}, flavored(boom));
  const remove = onTraining(boom);
  await train(new Net());
  remove();
  await train(new Net());
  await flush();
  expect(runs().map(({ info, data }) => [info.status, data.tags["trackbook.autolog.warning"]])).toEqual([
    ["FINISHED", expect.stringContaining("keeping the model failed")],
    ["FINISHED", expect.stringContaining("showing a training failed")],
    ["FINISHED", undefined],
  ]);
});

test("an event's listeners are all called, whatever one of them does", async () => {
  capturedStderr();
  newStore();
  const seen: string[] = [];
  const removes = [onTraining(boom), onTraining(({ type }) => seen.push(type))];
  await train(new Net(), { epochs: 2 });
  for (const remove of removes) remove();
  expect(seen).toEqual(["started", "epoch", "epoch", "ended"]);
});

test("silent keeps a fault from stderr; the run has it", async () => {
  const written = capturedStderr();
  const { runs } = newStore();
  autolog({ logSource: false, "ml-fake": { silent: true } });
  await train(new Net(), {}, flavored(boom));
  await flush();
  expect(written).toEqual([]);
  expect(runs()[0]?.data.tags).toHaveProperty("trackbook.autolog.warning");
});

test("a fault that a library's hook meets while the training runs is told in the same way", async () => {
  const written = capturedStderr();
  const { runs } = newStore();
  let progress: TrainingCall["progress"] | undefined;
  const original = async () => {
    progress?.fault(new Error("boom"));
    return "trained";
  };
  const begin = (call: TrainingCall): TrainingPlan => {
    progress = call.progress;
    return { estimatorName: "Net", params: {}, finish: () => ({}) };
  };
  const trainFaulty = () => {
    const place = { library: undefined, libraryVersion: undefined, estimator: "Net", method: "fit" };
    return recordTraining({ integration: FAKE, begin, ...place, self: new Net(), args: [], lost: [] }, original);
  };
  autolog({ logSource: false, silent: true });
  expect(await trainFaulty()).toBe("trained");
  await flush();
  expect(written).toEqual([]);
  expect(runs()[0]?.data.tags["trackbook.autolog.warning"]).toMatch(/^logging the progress failed.*boom$/);
  autolog({ logSource: false });
  expect(await trainFaulty()).toBe("trained");
  expect(written).toHaveLength(1);
});

test("a deleted experiment is one warning for a training, which goes on unrecorded", async () => {
  const written = capturedStderr();
  const { store, runs } = newStore();
  store.deleteExperiment(store.createExperiment("gone"));
  setExperiment("gone");
  expect(await train(new Net())).toBe("trained");
  expect(trainNow(new Net())).toBe("trained");
  expect(written).toHaveLength(1);
  expect(written[0]).toContain('"gone"');
  expect(runs()).toEqual([]);
});

describe("the caller's own", () => {
  test("error is the very same, at once and later, and marks the run FAILED", async () => {
    const { runs } = newStore();
    const error = new RangeError("mine");
    const onEpoch = () => {
      throw error;
    };
    await expect(train(new Net(), { onEpoch, params: { rate: 1 } })).rejects.toBe(error);
    expect(() => trainNow(new Net(), { onEpoch })).toThrow(error);
    await flush();
    expect(runs().map(({ info }) => info.status)).toEqual(["FAILED", "FAILED"]);
    for (const { data } of runs()) expect(data.tags["trackbook.error"]).toBe("RangeError: mine");
    expect(runs()[0]?.data.params).toEqual({ epochs: "1", rate: "1" });
    expect(activeRun()).toBeUndefined();
  });

  test("rejection that nobody handles is unhandled once, as without us; a handled one never", async () => {
    newStore();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const error = new Error("mine");
    const onEpoch = () => {
      throw error;
    };
    const done = train(new Net(), { onEpoch }).catch((reason) => reason);
    expect(await done).toBe(error);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();

    const settled = vi.fn();
    const remove = onTraining(({ type }) => type === "ended" && settled());
    void train(new Net(), { onEpoch });
    await vi.waitFor(() => expect(settled).toHaveBeenCalled(), 30_000);
    await vi.waitFor(() => expect(unhandled).toHaveBeenCalledTimes(1), 30_000);
    expect(unhandled.mock.calls[0]?.[0]).toBe(error);
    remove();
    process.off("unhandledRejection", unhandled);
  });

  test("training is called once, with the caller's arguments and no change to them", () => {
    newStore();
    const original = vi.fn(() => "trained");
    const args = Object.freeze([Object.freeze({ rate: 1 })]);
    const begin = (call: TrainingCall): TrainingPlan => {
      expect(call.args).toBe(args);
      return { estimatorName: "Net", params: {}, finish: boom };
    };
    capturedStderr();
    const caught = { library: undefined, libraryVersion: undefined, estimator: "Net", method: "fit", self: new Net() };
    expect(recordTraining({ ...caught, integration: FAKE, begin, args, lost: [] }, original)).toBe("trained");
    expect(original.mock.calls).toEqual([[args]]);
  });

  test("thenable that is no promise is a result like any other: it is not set off", () => {
    newStore();
    const then = vi.fn();
    const query = { then };
    const begin = (): TrainingPlan => ({ estimatorName: "Net", params: {}, finish: () => ({}) });
    const caught = { library: undefined, libraryVersion: undefined, estimator: "q", method: "q", self: undefined };
    expect(recordTraining({ ...caught, integration: FAKE, begin, args: [], lost: [] }, () => query)).toBe(query);
    expect(then).not.toHaveBeenCalled();
  });
});

describe("an evaluation", () => {
  const hook = (metrics: EvaluationHook["metrics"]): EvaluationHook => ({
    target: { package: "ml-fake", path: ["Net"] },
    methods: ["score"],
    metrics,
  });

  test("whose reading fails leaves the result, with one warning and a note on the run", async () => {
    const written = capturedStderr();
    const { runs } = newStore();
    const model = new Net();
    trainNow(model);
    expect(recordEvaluation(hook(boom), model, [], 7)).toBe(7);
    expect(
      await recordEvaluation(
        hook(async () => boom()),
        model,
        [],
        Promise.resolve(8),
      ),
    ).toBe(8);
    await vi.waitFor(() => expect(written).toHaveLength(1), 30_000);
    await flush();
    expect(runs()[0]?.data.tags["trackbook.autolog.warning"]).toContain("recording an evaluation");
  });

  test("that rejects is as unhandled, or handled, as the caller leaves it", async () => {
    newStore();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const model = new Net();
    trainNow(model);
    const error = new Error("mine");
    const failing = () =>
      recordEvaluation(
        hook(() => ({})),
        model,
        [],
        Promise.reject(error),
      ) as Promise<unknown>;
    await expect(failing()).rejects.toBe(error);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
    void failing();
    await vi.waitFor(() => expect(unhandled).toHaveBeenCalledTimes(1), 30_000);
    process.off("unhandledRejection", unhandled);
  });

  test("has names that MLflow can keep, under the suffix of its training", async () => {
    const { runs } = newStore();
    const run = startRun();
    const [first, second] = [new Net(), new Net()];
    trainNow(first);
    trainNow(second);
    recordEvaluation(
      hook(() => ({ "a<b>": 1, "../up": 2, "x//y": 3 })),
      second,
      [],
      0,
    );
    await run.end();
    expect(Object.keys(runs()[0]?.data.metrics ?? {}).sort()).toEqual([".._up-2", "a_b_-2", "x__y-2"]);
  });

  test("still being read is waited for by the end of its run", async () => {
    const { runs } = newStore();
    const run = startRun();
    const model = new Net();
    trainNow(model);
    let read = (_: Record<string, number>) => {};
    const late = new Promise<Record<string, number>>((resolve) => {
      read = resolve;
    });
    recordEvaluation(
      hook(() => late),
      model,
      [],
      0,
    );
    const ended = run.end();
    read({ score: 1 });
    await ended;
    expect(runs()[0]?.data.metrics).toEqual({ score: 1 });
  });
});

test("params that have no text are shown, and keep nothing else from the run", async () => {
  const { runs } = newStore();
  const circular: { self?: unknown } = {};
  circular.self = circular;
  trainNow(new Net(), { params: { rate: 1, circular, symbol: Symbol("s"), "<b>": 2 } });
  await flush();
  expect(runs()[0]?.data.params).toMatchObject({ rate: "1", circular: "object", symbol: "Symbol(s)", _b_: "2" });
});
