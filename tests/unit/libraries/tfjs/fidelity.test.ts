import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { hookFor, record } from "./train";

beforeAll(() => tf.setBackend("cpu"));

const x = tf.tensor2d(Array.from({ length: 12 }, (_, row) => [row / 12, (row % 5) / 5]));
const y = tf.tensor2d(Array.from({ length: 12 }, (_, row) => [row / 6]));

function network(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotNormal({ seed: 3 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer }),
      tf.layers.dense({ units: 1, kernelInitializer }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError", metrics: ["mae"] });
  return model;
}

const weights = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

const options = () => ({ epochs: 3, batchSize: 4, shuffle: false, validationSplit: 0.25, verbose: 0 });

test("weights are equal to the last bit with and without us", async () => {
  const plain = network();
  await plain.fit(x, y, options());
  const recorded = network();
  await record(recorded, "fit", [x, y, options()], { options: { everyNSteps: 1 } });
  expect(weights(recorded)).toEqual(weights(plain));
});

test("a data set's training gives equal weights, and leaves as many tensors", async () => {
  const dataset = () => {
    const rows = { xs: tf.data.array(x.arraySync() as number[][]), ys: tf.data.array(y.arraySync() as number[][]) };
    return tf.data.zip(rows).batch(4) as unknown as tf.data.Dataset<never>;
  };
  const twice = async (train: () => Promise<unknown>) => {
    await train();
    const before = tf.memory().numTensors;
    await train();
    return tf.memory().numTensors - before;
  };
  const plain = network();
  const recorded = network();
  const left = await twice(() => plain.fitDataset(dataset(), { epochs: 2, verbose: 0 }));
  expect(await twice(() => record(recorded, "fitDataset", [dataset(), { epochs: 2, verbose: 0 }]))).toBe(left);
  expect(weights(recorded)).toEqual(weights(plain));
});

test("no tensor is left behind", async () => {
  const model = network();
  await model.fit(x, y, options());
  const before = tf.memory();
  await record(model, "fit", [x, y, options()], { options: { everyNSteps: 1 } });
  expect(tf.memory()).toMatchObject({
    numTensors: before.numTensors,
    numBytes: before.numBytes,
    numDataBuffers: before.numDataBuffers,
  });
});

test("frozen arguments are trained with, and stay as they are", async () => {
  const callbacks = Object.freeze([tf.callbacks.earlyStopping({ monitor: "loss", patience: 9 })]);
  const args = Object.freeze([x, y, Object.freeze({ ...options(), callbacks })] as const);
  const { history } = await record(network(), "fit", args);
  expect(history.epoch).toEqual([0, 1, 2]);
  expect(callbacks).toHaveLength(1);
});

test("options that are an object of a class work", async () => {
  class Options {
    readonly #epochs = 2;
    readonly verbose = 0;
    get epochs() {
      return 2;
    }
    get secret() {
      return this.#epochs;
    }
  }
  const { history, told } = await record(network(), "fit", [x, y, new Options()]);
  expect(history.epoch).toEqual([0, 1]);
  expect(told.epochs).toHaveLength(2);
});

describe("the user's callbacks are called as ever", () => {
  class Counting extends tf.Callback {
    epochs = 0;
    override async onEpochEnd() {
      this.epochs++;
    }
  }
  const counting = () => new Counting();
  const plain = () => {
    const config = { epochs: 0, onEpochEnd: async () => void config.epochs++ };
    return config;
  };
  const shapes: Record<string, () => readonly [unknown, readonly { epochs: number }[]]> = {
    none: () => [undefined, []],
    "an empty list": () => [[], []],
    "an instance": () => ((one) => [one, [one]] as const)(counting()),
    "a list of instances": () =>
      ((one, two) =>
        [
          [one, two],
          [one, two],
        ] as const)(counting(), counting()),
    "a plain object": () => ((one) => [one, [one]] as const)(plain()),
    "a list of plain objects": () =>
      ((one, two) =>
        [
          [one, two],
          [one, two],
        ] as const)(plain(), plain()),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    test(name, async () => {
      const [callbacks, counted] = shape();
      const { told } = await record(network(), "fit", [x, y, { ...options(), callbacks }]);
      expect(counted.map(({ epochs }) => epochs)).toEqual(counted.map(() => 3));
      expect(told.epochs).toHaveLength(3);
    });
  }

  test("in their order, each with the logs that it sees without us", async () => {
    type Seen = readonly (readonly [string, string, number, unknown])[];
    const seenBy = async (train: (options: object) => Promise<unknown>): Promise<Seen> => {
      const seen: [string, string, number, unknown][] = [];
      const watch = (who: string) => {
        const note = (what: string) => (index: number, logs: tf.Logs) => {
          seen.push([who, what, index, { ...logs }]);
        };
        return {
          onEpochBegin: note("onEpochBegin"),
          onBatchBegin: note("onBatchBegin"),
          onBatchEnd: note("onBatchEnd"),
          onEpochEnd: note("onEpochEnd"),
        };
      };
      await train({ ...options(), callbacks: [watch("first"), watch("second")] });
      return seen;
    };
    const plainly = await seenBy((given) => network().fit(x, y, given));
    const recorded = await seenBy((given) => record(network(), "fit", [x, y, given], { options: { everyNSteps: 1 } }));
    expect(recorded).toEqual(plainly);
    expect(plainly.filter(([, what]) => what === "onEpochEnd").map(([who]) => who)).toEqual(
      Array.from({ length: 3 }, () => ["first", "second"]).flat(),
    );
  });

  test("a class is given the very scalars, not yet read, that it is given without us", async () => {
    class Watching extends tf.Callback {
      readonly kinds: string[] = [];
      override async onEpochEnd(_epoch: number, logs: object = {}) {
        this.kinds.push(...Object.values(logs).map((value) => typeof value));
      }
    }
    const [plainly, recorded] = [new Watching(), new Watching()];
    await network().fit(x, y, { ...options(), callbacks: plainly });
    await record(network(), "fit", [x, y, { ...options(), callbacks: recorded }]);
    expect(recorded.kinds).toEqual(plainly.kinds);
    expect(plainly.kinds).toContain("object");
  });

  test("an instance followed by a plain object is the same error as without us", async () => {
    const callbacks = [counting(), plain()];
    const expected = await network()
      .fit(x, y, { ...options(), callbacks: callbacks as never })
      .catch(String);
    const error = await record(network(), "fit", [x, y, { ...options(), callbacks }]).catch(String);
    expect(error).toBe(expected);
    expect(expected).toContain("setParams");
  });

  test("without any callback, other work gets its turn after each batch as without us", async () => {
    const turns = async (train: (options: object) => Promise<unknown>) => {
      let count = 0;
      let isTraining = true;
      const takeTurn = () => {
        count++;
        if (isTraining) setImmediate(takeTurn);
      };
      setImmediate(takeTurn);
      await train({ ...options(), yieldEvery: "batch" });
      isTraining = false;
      return count;
    };
    const batches = 3 * 3;
    expect(await turns((given) => network().fit(x, y, given))).toBeGreaterThanOrEqual(batches);
    expect(await turns((given) => record(network(), "fit", [x, y, given]))).toBeGreaterThanOrEqual(batches);
  });

  test("the loop is yielded to as without us: onYield comes, and yieldEvery is obeyed", async () => {
    const yields = async (train: (options: object) => Promise<unknown>) => {
      let count = 0;
      await train({
        ...options(),
        yieldEvery: "batch",
        callbacks: { onYield: async () => void count++, nextFrameFunc: async () => void count++ },
      });
      return count;
    };
    const plainly = await yields((given) => network().fit(x, y, given));
    expect(await yields((given) => record(network(), "fit", [x, y, given]))).toBe(plainly);
    expect(plainly).toBeGreaterThan(0);
  });
});

test("bad arguments are tfjs' own errors", async () => {
  for (const args of [
    [x, tf.zeros([3, 1]), { verbose: 0 }],
    [x, y, null],
    [x, y, { batchSize: 0 }],
    [x, y, { yieldEvery: "never", callbacks: { onYield: () => {} } }],
  ]) {
    const expected = await network()
      .fit(...(args as [tf.Tensor, tf.Tensor, object]))
      .catch(String);
    expect(await record(network(), "fit", args).catch(String)).toBe(expected);
    expect(typeof expected).toBe("string");
  }
  for (const args of [[{}, { epochs: 1 }], [tf.data.array([1])], [tf.data.array([1]), { epochs: 0 }]]) {
    const expected = await network()
      .fitDataset(...(args as unknown as [never, never]))
      .catch(String);
    expect(await record(network(), "fitDataset", args).catch(String)).toBe(expected);
    expect(typeof expected).toBe("string");
  }
});

test("a training inside a callback is told apart from the one around it", async () => {
  const inner: number[] = [];
  const onEpochEnd = async () => {
    const { told } = await record(network(), "fit", [x, y, { ...options(), epochs: 2 }]);
    inner.push(told.epochs.length);
  };
  const { told } = await record(network(), "fit", [x, y, { ...options(), callbacks: { onEpochEnd } }]);
  expect(told.epochs.map(([epoch]) => epoch)).toEqual([0, 1, 2]);
  expect(inner).toEqual([2, 2, 2]);
});

test("the inner model that a Sequential trains through is known to the engine", () => {
  const model = network();
  expect(hookFor(model).delegate?.(model)).toBe((model as unknown as { model: object }).model);
  const functional = tf.model({ inputs: model.inputs, outputs: model.outputs });
  expect(hookFor(functional).delegate?.(functional)).toBeUndefined();
});
