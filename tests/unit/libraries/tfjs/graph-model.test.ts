import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { expect, describe, test } from "vitest";
import { REPOSITORY } from "../../../../scripts/repository";
import { logModel, registeredFlavors } from "../../../../src/libraries";
import { captureTable, type Flavor, type PredictionInput } from "../../../../src/models";
import { moduleImporter } from "../../../../src/models/python/node";
import { startRun } from "../../../../src/tracking";
import { graphs, loadGraph } from "../../../support/graph-model";
import { temporaryFolder } from "../../../support/temporary-folder";
import { writeFiles } from "../../../support/write-files";
import { newStore } from "../../tracking/new-store";

const flavor = registeredFlavors().find(({ name }) => name === "tfjs") as Flavor;

async function restored(model: object) {
  const { files, config, signature } = await flavor.snapshot(model);
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])));
  const predictor = flavor.predictor as NonNullable<Flavor["predictor"]>;
  const load = createRequire(join(REPOSITORY, "x.js"));
  const again = (await predictor.restore({
    folder,
    config,
    require: load,
    importModule: moduleImporter({ folder, places: [REPOSITORY], load }),
  })) as tf.GraphModel;
  const predict = async (input: unknown) => await predictor.predict(again, captureTable(input) as PredictionInput, {});
  return { folder, config, signature, again, predict };
}

const rows = [
  [1, 2, 3],
  [-0.5, 0.25, 1 / 3],
];

describe("a graph model", () => {
  test("is recognised, and predicts as it did", async () => {
    const model = await loadGraph(tf, graphs.plain);
    expect(flavor.recognises(model)).toBe(true);
    const { predict, config, signature } = await restored(model);
    expect(config).toMatchObject({ export: "GraphModel", format: "graph-model", data: "data/model.json" });
    const expected = (model.predict(tf.tensor2d(rows)) as tf.Tensor).arraySync();
    expect(await predict(rows)).toEqual(expected);
    expect(await predict(rows.map(([a, b, c]) => ({ a, b, c })))).toEqual(expected);
    expect(String(signature)).toBe("(float32[-1, 3])");
  });

  test("takes and gives by the names of its signature", async () => {
    const model = await loadGraph(tf, graphs.signed);
    const { predict, again, signature } = await restored(model);
    expect(String(signature)).toBe(
      "(features: float32[-1, 3], gain: float32[-1, 1]) → scores: float32[-1, 2], label: int32[-1]",
    );
    const inputs = { features: tf.tensor2d(rows), gain: tf.tensor2d([[1], [-2]]) };
    const [scores, label] = model.predict(inputs) as tf.Tensor[];
    expect(await predict({ gain: inputs.gain, features: inputs.features })).toEqual({
      scores: scores?.arraySync(),
      label: label?.arraySync(),
    });
    expect(again.modelSignature).toEqual(model.modelSignature);
    await expect(predict({ features: inputs.features })).rejects.toThrow(
      "This model has 2 inputs (features, gain); 1 came.",
    );
  });

  test("runs also when only executeAsync runs it", async () => {
    const model = await loadGraph(tf, graphs.dynamic);
    const { predict } = await restored(model);
    const expected = ((await model.executeAsync(tf.tensor1d([1, -1, 2]))) as tf.Tensor).arraySync();
    for (let time = 0; time < 2; time++) expect(await predict(Float32Array.of(1, -1, 2))).toEqual(expected);
  });

  test("leaves no tensor behind, whether it runs or not", async () => {
    const [{ predict }, dynamic] = [
      await restored(await loadGraph(tf, graphs.plain)),
      await restored(await loadGraph(tf, graphs.dynamic)),
    ];
    await predict(rows);
    await dynamic.predict(Float32Array.of(1));
    const before = tf.memory().numTensors;
    await predict(rows);
    await dynamic.predict(Float32Array.of(1));
    await expect(predict([[1, 2]])).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("is kept with its metadata, and the names of a structured output", async () => {
    const userDefinedMetadata = { structuredOutputKeys: ["y"], labels: ["a", "b"] };
    const model = await loadGraph(tf, { ...graphs.plain, userDefinedMetadata });
    const { again } = await restored(model);
    expect(again.metadata).toEqual(userDefinedMetadata);
    expect(again.modelStructuredOutputKeys).toEqual(["y"]);
  });

  test("keeps its weights, in several pieces, quantized or streamed", async () => {
    const { weightData, weightSpecs = [] } = graphs.plain;
    const data = weightData as ArrayBuffer;
    const expected = ((await loadGraph(tf, graphs.plain)).predict(tf.tensor2d(rows)) as tf.Tensor).arraySync();
    const pieces = await loadGraph(tf, { ...graphs.plain, weightData: [data.slice(0, 10), data.slice(10)] });
    expect(await (await restored(pieces)).predict(rows)).toEqual(expected);

    const getWeightStream = () => new Blob([data]).stream() as ReadableStream<ArrayBuffer>;
    const streamed = await loadGraph(tf, { ...graphs.plain, weightData: undefined, getWeightStream });
    expect(await (await restored(streamed)).predict(rows)).toEqual(expected);

    const quantized = await loadGraph(tf, {
      ...graphs.plain,
      weightSpecs: weightSpecs.map((spec) => ({
        ...spec,
        quantization: { dtype: "uint8" as const, scale: 0.01, min: -1 },
      })),
      weightData: Uint8Array.from([0, 50, 100, 150, 200, 250, 1, 2]).buffer,
    });
    const { folder, predict } = await restored(quantized);
    expect(readFileSync(join(folder, "data/weights.bin"))).toHaveLength(8);
    expect(await predict(rows)).toEqual((quantized.predict(tf.tensor2d(rows)) as tf.Tensor).arraySync());
  });

  test("says nothing of a signature where the graph says too little", async () => {
    const { node, ...rest } = graphs.plain.modelTopology as { node: { attr: object }[] };
    const [placeholder, ...others] = node;
    const vague = { ...placeholder, attr: { ...placeholder?.attr, shape: { shape: { unknownRank: true } } } };
    const model = await loadGraph(tf, { ...graphs.plain, modelTopology: { ...rest, node: [vague, ...others] } });
    const { signature, predict } = await restored(model);
    expect(signature).toBeUndefined();
    expect(await predict(rows)).toHaveLength(2);
  });

  test("is logged with what it declares itself; what is given counts more", async () => {
    newStore();
    const run = startRun();
    const model = await loadGraph(tf, graphs.plain);
    const declared = await logModel(model, "declared");
    const given = await logModel(model, "given", { inputExample: rows.map(([a, b, c]) => ({ a, b, c })) });
    await run.end();
    expect([declared, given].map(({ signature }) => String(signature))).toEqual([
      "(float32[-1, 3])",
      "(a: double, b: double, c: double)",
    ]);
    const folder = fileURLToPath(run.artifactUri);
    expect(readFileSync(join(folder, "declared/MLmodel"), "utf8")).toContain("format: graph-model");
  });
});
