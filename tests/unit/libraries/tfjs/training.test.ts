import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test, vi } from "vitest";
import type { TrainingData } from "../../../../src/libraries";
import { ModelSignature } from "../../../../src/models";
import { record } from "./train";

beforeAll(() => tf.setBackend("cpu"));

const x = () => tf.tensor2d(Array.from({ length: 20 }, (_, row) => [row / 20, 1 - row / 20]));
const y = () => tf.tensor2d(Array.from({ length: 20 }, (_, row) => [row / 10]));

function network(compile: Partial<tf.ModelCompileArgs> = {}): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones", name: "only" })],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError", ...compile });
  return model;
}

test("the params of a fit are all of its arguments and the optimizer, defaults included, under Keras' names", async () => {
  const model = network({ optimizer: "adam", metrics: ["mae"] });
  const { plan } = await record(model, "fit", [x(), y(), { epochs: 2, validationSplit: 0.25, verbose: 0 }]);
  expect(plan.estimatorName).toBe("Sequential");
  expect(plan.params).toEqual({
    epochs: 2,
    batch_size: 32,
    validation_split: 0.25,
    shuffle: true,
    class_weight: null,
    sample_weight: null,
    initial_epoch: 0,
    steps_per_epoch: null,
    validation_steps: null,
    opt_name: "Adam",
    opt_learning_rate: 0.001,
    opt_beta_1: 0.9,
    opt_beta_2: 0.999,
    opt_epsilon: 1e-7,
    loss: "meanSquaredError",
    metrics: ["mae"],
  });
  expect(plan.epochs).toBe(2);
});

test("losses and metrics are named, be they functions or one for each output", async () => {
  const named = await record(network({ loss: tf.losses.huberLoss, metrics: tf.metrics.meanAbsoluteError }), "fit", [
    x(),
    y(),
    { verbose: 0 },
  ]);
  expect(named.plan.params).toMatchObject({ loss: "huberLoss", metrics: "meanAbsoluteError" });
  const each = await record(
    network({ loss: { only: "meanSquaredError" }, metrics: { only: tf.metrics.MAPE } }),
    "fit",
    [x(), y(), { verbose: 0 }],
  );
  expect(each.plan.params).toMatchObject({ loss: { only: "meanSquaredError" }, metrics: { only: "MAPE" } });
});

test("fitDataset has its own arguments, and its batch size is seen", async () => {
  const { plan, outcome, told } = await record(network(), "fitDataset", [
    batches(),
    { epochs: 2, batchesPerEpoch: 2, verbose: 0 },
  ]);
  expect(plan.params).toMatchObject({
    epochs: 2,
    batches_per_epoch: 2,
    validation_batches: null,
    validation_batch_size: 32,
    initial_epoch: 0,
  });
  expect(plan.params).not.toHaveProperty("batch_size");
  expect(outcome.params).toEqual({ batch_size: 4 });
  expect(told.epochs.map(([epoch]) => epoch)).toEqual([0, 1]);
});

test("each epoch's numbers are those of tfjs' history, with the learning rate that the epoch was trained with", async () => {
  const model = network({ metrics: ["mae"] });
  const onEpochEnd = async (epoch: number) => {
    if (epoch === 1) (model.optimizer as tf.SGDOptimizer).setLearningRate(0.01);
  };
  const { told, history } = await record(model, "fit", [
    x(),
    y(),
    { epochs: 4, validationData: [x(), y()], verbose: 0, callbacks: { onEpochEnd } },
  ]);
  const numbers = (name: string) => told.epochs.map(([, metrics]) => metrics[name]);
  for (const name of ["loss", "mae", "val_loss", "val_mae"]) expect(numbers(name)).toEqual(history.history[name]);
  expect(numbers("learning_rate")).toEqual([0.1, 0.1, 0.01, 0.01]);
});

test("every n epochs, and the last one always; every n steps over the whole training", async () => {
  const { told, history } = await record(network(), "fit", [x(), y(), { epochs: 6, batchSize: 5, verbose: 0 }], {
    options: { everyNEpochs: 4, everyNSteps: 10 },
  });
  expect(told.epochs.map(([epoch, { loss }]) => [epoch, loss])).toEqual(
    [0, 4, 5].map((epoch) => [epoch, history.history.loss?.[epoch]]),
  );
  expect(told.steps.map(([step]) => step)).toEqual([0, 10, 20]);
  expect(Object.keys(told.steps[0]?.[1] ?? {})).toEqual(["batch_loss"]);
});

test("progress is told while the training runs, whether or not the user has a callback", async () => {
  const model = network();
  const seen: number[] = [];
  await record(model, "fit", [x(), y(), { epochs: 3, verbose: 0 }], {
    isStopped: (told) => {
      seen.push(told.epochs.length);
      return false;
    },
  });
  expect(Math.max(...seen)).toBe(2);
});

test("a training that is asked to stop stops, and says so", async () => {
  const { history, outcome } = await record(network(), "fit", [x(), y(), { epochs: 50, verbose: 0 }], {
    isStopped: (told) => told.epochs.length >= 3,
  });
  expect(history.epoch.length).toBeLessThan(6);
  expect(outcome.notes).toEqual([`Stopped after epoch ${history.epoch.length} of 50: interrupted.`]);
});

test("an early stopping is among the params, and the run says when and why it stopped", async () => {
  const model = network({ optimizer: tf.train.sgd(0) });
  const { plan, outcome } = await record(model, "fit", [
    x(),
    y(),
    { epochs: 9, verbose: 0, callbacks: tf.callbacks.earlyStopping({ monitor: "loss", patience: 2, minDelta: 0.5 }) },
  ]);
  expect(plan.params).toMatchObject({
    monitor: "loss",
    min_delta: 0.5,
    patience: 2,
    baseline: null,
    restore_best_weights: false,
  });
  expect(outcome.metrics).toEqual({ stopped_epoch: 2 });
  expect(outcome.notes).toEqual([
    expect.stringMatching(/^Stopped after epoch 3 of 9: loss had not improved for 2 epochs, best \d\.\d+\.$/),
  ]);
});

test("a training that its own callback stops says so", async () => {
  const model = network();
  const onEpochEnd = () => {
    model.stopTraining = true;
  };
  const { outcome } = await record(model, "fit", [x(), y(), { epochs: 9, verbose: 0, callbacks: { onEpochEnd } }]);
  expect(outcome.notes).toEqual(["Stopped after epoch 1 of 9 by a callback."]);
  expect(outcome.metrics).toEqual({});
});

test("a loss that becomes NaN is told in words", async () => {
  const { outcome } = await record(network({ optimizer: tf.train.sgd(1e30) }), "fit", [
    x(),
    y(),
    { epochs: 6, verbose: 0 },
  ]);
  expect(outcome.notes).toEqual([expect.stringMatching(/^loss became NaN in epoch \d\.$/)]);
});

test("the summary is the one that model.summary() prints", async () => {
  const model = network();
  const { outcome } = await record(model, "fit", [x(), y(), { verbose: 0 }]);
  const lines: string[] = [];
  model.summary(undefined, undefined, (line) => lines.push(line.trimEnd()));
  expect(outcome.files).toEqual([{ path: "model_summary.txt", content: `${lines.join("\n")}\n` }]);
});

test("long names are whole in the summary", async () => {
  const name = "a_layer_that_was_given_quite_a_long_and_telling_name";
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], name })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const { outcome } = await record(model, "fit", [x(), y(), { verbose: 0 }]);
  expect(outcome.files?.[0]?.content).toContain(`${name} (Dense)`);
});

test("the signature is what the model declares: named tensors when there are several, -1 for any length", async () => {
  const single = await record(network(), "fit", [x(), y(), { verbose: 0 }]);
  expect(String(single.outcome.signature)).toBe("(float32[-1, 2]) → float32[-1, 1]");
  const left = tf.input({ shape: [null, 2], name: "left" });
  const right = tf.input({ shape: [2], name: "right" });
  const joined = tf.layers
    .concatenate()
    .apply([tf.layers.globalAveragePooling1d({}).apply(left) as tf.SymbolicTensor, right]);
  const model = tf.model({
    inputs: [left, right],
    outputs: tf.layers.dense({ units: 1 }).apply(joined) as tf.SymbolicTensor,
  });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const { outcome, plan } = await record(model, "fit", [
    [tf.ones([4, 3, 2]), tf.ones([4, 2])],
    tf.ones([4, 1]),
    { verbose: 0 },
  ]);
  expect(outcome.signature).toBeInstanceOf(ModelSignature);
  expect(String(outcome.signature)).toBe("(left: float32[-1, -1, 2], right: float32[-1, 2]) → float32[-1, 1]");
  expect(Object.keys(plan.data?.[0]?.data as object)).toEqual(["left", "right"]);
});

test("the data are the tensors that were given, for training and for validation", async () => {
  const [train, targets, held, heldTargets] = [x(), y(), x(), y()];
  const { plan } = await record(network(), "fit", [
    train,
    targets,
    { verbose: 0, validationData: [held, heldTargets] },
  ]);
  expect(plan.data).toEqual([
    { context: "train", data: train, targets },
    { context: "eval", data: held, targets: heldTargets },
  ]);
});

test("a data set is described by its first batch in passing, and iterated as often as without us", async () => {
  const validation = batches();
  const dataset = batches();
  const iterations = vi.spyOn(dataset, "iterator");
  const { outcome } = await record(network(), "fitDataset", [
    dataset,
    { epochs: 2, validationData: validation, verbose: 0 },
  ]);
  // tfjs asks once before the epochs and once in each.
  expect(iterations).toHaveBeenCalledTimes(3);
  const [train, held] = outcome.data as readonly TrainingData[];
  expect([train?.context, held?.context]).toEqual(["train", "eval"]);
  const data = train?.data as tf.Tensor;
  expect(data).toMatchObject({ shape: [4, 2], dtype: "float32" });
  expect(data.dataSync()).toEqual([0, 1, 1, 1, 2, 1, 3, 1]);
  expect(train?.targets).toMatchObject({ shape: [4, 1] });
});

test("a fault while progress is read is handed to the engine, and the training goes on", async () => {
  const model = network();
  const faults: unknown[] = [];
  const options = {
    epochs: 2,
    verbose: 0,
    // Here, for the params have been read by now.
    callbacks: { onTrainBegin: () => void breakLearningRate() },
  } as const;
  const breakLearningRate = () =>
    Object.defineProperty(model.optimizer, "learningRate", {
      get: () => {
        throw new Error("boom");
      },
    });
  const { history } = await record(model, "fit", [x(), y(), options], {
    onFault: (error) => faults.push(error),
  });
  expect(history.epoch).toEqual([0, 1]);
  expect(faults).toEqual([new Error("boom"), new Error("boom")]);
});

const batches = () =>
  tf.data
    .array(Array.from({ length: 16 }, (_, index) => ({ xs: [index, 1], ys: [index] })))
    .map(({ xs, ys }: { xs: number[]; ys: number[] }) => ({ xs: tf.tensor1d(xs), ys: tf.tensor1d(ys) }))
    .batch(4) as unknown as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;
