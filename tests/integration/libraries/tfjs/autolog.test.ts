import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { type FoundRun, recordIntoNewFolder } from "../recorded-runs";
import { modelFiles } from "../../../support/model-files";

beforeAll(async () => {
  process.env.TRACKBOOK_TESTING = "1";
  await tf.setBackend("cpu");
});

const x = tf.tensor2d(Array.from({ length: 40 }, (_, row) => [row / 40, (row % 7) / 7]));
const y = tf.tensor2d(Array.from({ length: 40 }, (_, row) => [row / 20]));

function network(): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 4, inputShape: [2] }), tf.layers.dense({ units: 1 })],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError", metrics: ["mae"] });
  return model;
}

/** Batches of 8 rows, from row `start` on. */
function batches(start: number): tf.data.Dataset<tf.TensorContainer> & tf.data.Dataset<never> {
  const from = (rows: tf.Tensor2D) => tf.data.array(rows.arraySync().slice(start));
  return tf.data.zip({ xs: from(x), ys: from(y) }).batch(8) as never;
}

function loadFrom(run: FoundRun): Promise<tf.LayersModel> {
  const { weightsManifest, ...artifacts } = JSON.parse(run.text("model/data/model.json"));
  const weights = readFileSync(join(run.folder, "model/data/weights.bin"));
  const weightData = Uint8Array.from(weights).buffer;
  return tf.loadLayersModel({
    load: async () => ({ ...artifacts, weightSpecs: weightsManifest[0].weights, weightData }),
  });
}

const predictions = (model: tf.LayersModel) => (model.predict(x) as tf.Tensor).dataSync();

test("one fit is one run: params, every epoch's metrics, the model, its summary and signature, the data", async () => {
  const recorded = recordIntoNewFolder();
  const model = network();
  const { history } = await model.fit(x, y, {
    epochs: 3,
    batchSize: 8,
    validationData: [x.slice(0, 9), y.slice(0, 9)],
    verbose: 0,
  });
  const expected = predictions(model);
  // What becomes of the model afterwards is no matter.
  model.dispose();

  const [run, ...others] = (await recorded()) as [FoundRun];
  expect(others).toEqual([]);
  expect(run.info.status).toBe("FINISHED");
  expect(run.data.params).toMatchObject({
    epochs: "3",
    batch_size: "8",
    shuffle: "true",
    opt_name: "Adam",
    opt_learning_rate: "0.001",
  });
  expect(run.data.tags).toMatchObject({
    "mlflow.autologging": "tfjs",
    estimator_name: "Sequential",
    estimator_class: "tfjs.Sequential",
  });
  for (const name of ["loss", "mae", "val_loss", "val_mae"]) {
    expect(run.history(name)).toEqual(history[name]);
    expect(run.steps(name)).toEqual([0, 1, 2]);
  }
  expect(run.files).toEqual([...modelFiles("data/model.json", "data/weights.bin"), "model_summary.txt"]);
  expect(run.text("model_summary.txt")).toContain("Total params: 17");
  expect(run.text("model/MLmodel")).toContain('"shape":[-1,2]');
  expect(run.inputs.datasetInputs.map(({ tags }) => tags["mlflow.data.context"]).sort()).toEqual(["eval", "train"]);
  expect(run.outputs.modelOutputs).toHaveLength(1);
  expect(predictions(await loadFrom(run))).toEqual(expected);
});

test("functional models and classes of the user's own are called by their names", async () => {
  class Tower extends tf.LayersModel {}
  const recorded = recordIntoNewFolder();
  for (const Model of [tf.LayersModel, Tower]) {
    const input = tf.input({ shape: [2] });
    const model = new Model({
      inputs: input,
      outputs: tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor,
    });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    await model.fit(x, y, { verbose: 0 });
  }
  expect((await recorded()).map(({ data }) => data.tags.estimator_class)).toEqual(["tfjs.LayersModel", "tfjs.Tower"]);
});

test("a training loop is one run, its epochs count on", async () => {
  const recorded = recordIntoNewFolder();
  const model = network();
  const losses: unknown[] = [];
  for (let round = 0; round < 3; round++)
    losses.push(...((await model.fit(x, y, { epochs: 1, verbose: 0 })).history.loss ?? []));
  const runs = await recorded();
  expect(runs).toHaveLength(1);
  expect(runs[0]?.steps("loss")).toEqual([0, 1, 2]);
  expect(runs[0]?.history("loss")).toEqual(losses);
});

test("fits that interleave are runs of their own, complete and unmixed", async () => {
  const recorded = recordIntoNewFolder();
  const order: number[] = [];
  const trained = await Promise.all(
    [2, 3, 4].map((epochs) =>
      network().fit(x, y, {
        epochs,
        verbose: 0,
        yieldEvery: "epoch",
        callbacks: { onEpochEnd: async () => void order.push(epochs) },
      }),
    ),
  );
  expect(order.slice(0, 3)).toEqual([2, 3, 4]);
  const runs = await recorded();
  const found = runs.map((run) => run.history("loss")).sort((one, other) => one.length - other.length);
  expect(found).toEqual(trained.map(({ history }) => history.loss));
});

test("a fit inside a callback is a run of its own", async () => {
  const recorded = recordIntoNewFolder();
  const onEpochEnd = async () => void (await network().fit(x, y, { epochs: 2, verbose: 0 }));
  await network().fit(x, y, { epochs: 1, verbose: 0, callbacks: { onEpochEnd } });
  const runs = await recorded();
  expect(runs.map((run) => run.data.params.epochs).sort()).toEqual(["1", "2"]);
  expect(runs.map((run) => run.history("loss").length).sort()).toEqual([1, 2]);
});

test("a data set is described from its first batch, and its validation is no evaluation", async () => {
  const recorded = recordIntoNewFolder();
  const input = tf.input({ shape: [2] });
  const model = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const { history } = await model.fitDataset(batches(0), { epochs: 2, validationData: batches(8), verbose: 0 });

  const [run] = (await recorded()) as [FoundRun];
  expect(run.data.params).toMatchObject({ epochs: "2", batch_size: "8", batches_per_epoch: "null" });
  expect(run.history("val_loss")).toEqual(history.val_loss);
  expect(Object.keys(run.data.metrics).sort()).toEqual(["learning_rate", "loss", "val_loss"]);
  expect(run.inputs.datasetInputs).toHaveLength(2);
  expect(run.inputs.datasetInputs[0]?.dataset.schema).toContain("[-1,2]");
});

test("evaluate writes to the run that trained the model, after its end too, and opens none", async () => {
  const recorded = recordIntoNewFolder();
  const first = network();
  await first.fit(x, y, { verbose: 0 });
  await network().fit(x, y, { verbose: 0 });
  const [loss, mae] = first.evaluate(x, y) as tf.Scalar[];
  await first.evaluateDataset(batches(0), {});
  network().evaluate(x, y);

  const runs = await recorded();
  expect(runs).toHaveLength(2);
  expect(runs[0]?.history("validation_loss")[0]).toBe(loss?.dataSync()[0]);
  expect(runs[0]?.history("validation_mae")[0]).toBe(mae?.dataSync()[0]);
  expect(runs[0]?.steps("validation_loss")).toEqual([0, 1]);
  expect(runs[1]?.data.metrics).not.toHaveProperty("validation_loss");
});

test("a fit that fails leaves a failed run with its params, and its own error", async () => {
  const recorded = recordIntoNewFolder();
  const failure = new Error("stop it");
  const onEpochEnd = () => {
    throw failure;
  };
  await expect(network().fit(x, y, { epochs: 4, verbose: 0, callbacks: { onEpochEnd } })).rejects.toBe(failure);
  const [run] = (await recorded()) as [FoundRun];
  expect(run.info.status).toBe("FAILED");
  expect(run.data.params.epochs).toBe("4");
  expect(run.outputs.modelOutputs).toEqual([]);
});

test("no tensor is left behind", async () => {
  const recorded = recordIntoNewFolder();
  const model = network();
  await model.fit(x, y, { verbose: 0 });
  const before = tf.memory().numTensors;
  await model.fit(x, y, { epochs: 2, verbose: 0, validationSplit: 0.5 });
  expect(tf.memory().numTensors).toBe(before);
  await recorded();
});
