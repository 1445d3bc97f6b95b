import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { record, type Told } from "./train";

beforeAll(() => tf.setBackend("cpu"));

const x = () => tf.tensor2d(Array.from({ length: 20 }, (_, row) => [row / 20, 1 - row / 20]));
const y = () => tf.tensor2d(Array.from({ length: 20 }, (_, row) => [row / 10]));

function network(): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones" })] });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  return model;
}

test("the learning rate is that of the last batch, whoever sets it before", async () => {
  const model = network();
  let batches = 0;
  const onBatchBegin = async () => {
    (model.optimizer as tf.SGDOptimizer).setLearningRate(0.1 / ++batches);
  };
  const { told } = await record(model, "fit", [
    x(),
    y(),
    { epochs: 2, batchSize: 10, verbose: 0, callbacks: { onBatchBegin } },
  ]);
  expect(told.epochs.map(([, metrics]) => metrics.learning_rate)).toEqual([0.1 / 2, 0.1 / 4]);
});

test("an epoch is told before the user's callbacks are called; what they put into its logs after", async () => {
  const before: number[] = [];
  const told: Told = { epochs: [], steps: [] };
  const onEpochEnd = async (epoch: number, logs: tf.Logs) => {
    before.push(told.epochs.length);
    logs.distance = epoch * 10;
  };
  const { history } = await record(network(), "fit", [x(), y(), { epochs: 2, verbose: 0, callbacks: { onEpochEnd } }], {
    told,
  });
  expect(before).toEqual([1, 3]);
  expect(told.epochs.map(([epoch, metrics]) => [epoch, Object.keys(metrics)])).toEqual([
    [0, ["loss", "learning_rate"]],
    [0, ["distance"]],
    [1, ["loss", "learning_rate"]],
    [1, ["distance"]],
  ]);
  expect(told.epochs.map(([, { distance }]) => distance).filter((value) => value !== undefined)).toEqual(
    history.history.distance,
  );
});

test("a training that fails in a callback has told the epoch before it", async () => {
  const told: Told = { epochs: [], steps: [] };
  class Failing extends tf.Callback {
    override async onEpochEnd(epoch: number) {
      if (epoch === 1) throw new Error("mine");
    }
  }
  const args = [x(), y(), { epochs: 3, verbose: 0, callbacks: new Failing() }];
  await expect(record(network(), "fit", args, { told })).rejects.toThrow("mine");
  expect(told.epochs.map(([epoch]) => epoch)).toEqual([0, 1]);
});
