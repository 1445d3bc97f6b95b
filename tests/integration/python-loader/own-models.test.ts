import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveModel } from "../../../src/libraries";
import { declareSignature } from "../../../src/models";
import { graphs, loadGraph } from "../../support/graph-model";
import { describeWithParts } from "../../support/parts";
import { writeFiles } from "../../support/write-files";
import { Loader, type PythonAnswer } from "./loader";

const MODULE = `
  import { readFileSync } from "node:fs";
  import { Matrix } from "ml-matrix";
  import { describe } from "./describe.mjs";

  export class Model {
    load({ artifacts }) { this.weights = new Matrix(JSON.parse(readFileSync(artifacts.weights, "utf8"))); }
    predict(rows, { times }) { return new Matrix(rows.map(({ a, b }) => [a, b])).mmul(this.weights).mul(times); }
  }
  export const shares = (rows) => {
    const sum = rows.reduce((total, { a }) => total + a, 0);
    return rows.map(({ a }) => a / sum);
  };
  export const seen = (rows) => rows.map(describe);`;

const DESCRIBE = `export const describe = (row) =>
  Object.entries(row).map(([name, value]) => name + " " + (value instanceof Date ? value.toISOString() : typeof value + " " + value)).join(", ");`;

describeWithParts(["python"], "Python asks models that no library has made", ({ python }) => {
  let loader: Loader;
  beforeAll(() => {
    loader = new Loader(python.python);
    writeFiles(loader.root, {
      "src/model.mjs": MODULE,
      "src/describe.mjs": DESCRIBE,
      "weights.json": "[[0.5, 1], [-1, 0.1]]",
    });
  });
  afterAll(() => loader.close());

  async function loaded(
    name: string,
    more: object,
    signature: Parameters<typeof declareSignature>[0],
  ): Promise<string> {
    const folder = join(loader.root, name);
    const model = { module: join(loader.root, "src/model.mjs"), export: name, ...more };
    await saveModel(model, folder, { signature: declareSignature(signature) });
    expect(await loader.peer.ask("load", name, folder)).toBe("");
    return name;
  }

  test("a class with artifacts, a package and params", async () => {
    const signature = { inputs: { a: "double", b: "double" }, params: { times: 2 } } as const;
    const name = await loaded("Model", { artifacts: { weights: join(loader.root, "weights.json") } }, signature);
    const frame = { a: [1, 2], b: [3, 4] };
    const answer = (times: number) => ({
      kind: "array",
      shape: [2, 2],
      values: [
        [1 * 0.5 - 3, 1 + 3 * 0.1],
        [2 * 0.5 - 4, 2 + 4 * 0.1],
      ].map((row) => row.map((value) => value * times)),
    });
    expect(await loader.peer.ask("predict", name, "frame", frame)).toMatchObject(answer(2));
    expect(await loader.peer.ask("predict", name, "frame", frame, { times: 0.5 })).toMatchObject(answer(0.5));
  });

  test("a function that looks at all rows at once gets them at once", async () => {
    const name = await loaded("shares", {}, { inputs: { a: "double" } });
    const a = Array.from({ length: 70_000 }, (_, row) => row);
    const { values } = await loader.peer.ask<PythonAnswer>("predict", name, "frame", { a });
    expect((values as number[]).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test("a function is given rows as JavaScript writes them", async () => {
    const name = await loaded(
      "seen",
      {},
      {
        inputs: { n: "long", i: "integer", f: "float", s: "string?", b: "boolean", t: "datetime" },
      },
    );
    const frame = `pd.DataFrame({'n': np.int64([2, 2**60]), 'i': np.int32([1, 2]), 'f': np.float32([0.5, 1]), 's': ['x', None],
      'b': [True, False], 't': pd.to_datetime(['2026-01-01', '1970-01-02'])})`;
    const { values } = await loader.peer.ask<PythonAnswer>("frames", name, frame.replaceAll("\\n", " "));
    expect(values).toEqual([
      "n number 2, i number 1, f number 0.5, s string x, b boolean true, t 2026-01-01T00:00:00.000Z",
      "n bigint 1152921504606846976, i number 2, f number 1, s object null, b boolean false, t 1970-01-02T00:00:00.000Z",
    ]);
  });

  test("a graph of TensorFlow.js, by the names of its signature", async () => {
    await tf.setBackend("cpu");
    const model = await loadGraph(tf, graphs.signed);
    const folder = join(loader.root, "graph");
    await saveModel(model, folder);
    expect(await loader.peer.ask("load", "graph", folder)).toBe("");
    const [features, gain] = [
      [
        [1, 2, 3],
        [-0.5, 0.25, 4],
      ],
      [[1], [-2]],
    ];
    const [scores, label] = model.predict({ features: tf.tensor2d(features), gain: tf.tensor2d(gain) }) as tf.Tensor[];
    const asked = { gain: { dtype: "float32", values: gain }, features: { dtype: "float32", values: features } };
    const { outputs } = await loader.peer.ask<PythonAnswer>("predict", "graph", "dict", asked);
    expect(outputs).toMatchObject({
      scores: { dtype: "float32", values: scores?.arraySync() },
      label: { dtype: "int32", values: label?.arraySync() },
    });
  });
});
