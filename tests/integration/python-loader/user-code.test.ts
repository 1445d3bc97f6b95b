import { renameSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { saveModel } from "../../../src/libraries";
import { declareSignature, inferSignature } from "../../../src/models";
import { graphs, loadGraph } from "../../support/graph-model";
import { describeWithParts } from "../../support/parts";
import { writeFiles } from "../../support/write-files";
import { Loader, type PythonAnswer } from "./loader";

const PACKAGES = createRequire(join(REPOSITORY, "package.json"));

describeWithParts(["python"], "Python asks a model that has code of the user's own:", ({ python }) => {
  let loader: Loader;
  beforeAll(async () => {
    await tf.setBackend("cpu");
    loader = new Loader(python.python);
  });
  afterAll(() => loader.close());

  test("a module in TypeScript with what it imports, packages too, and an artifact; its project is gone", async () => {
    writeFiles(join(loader.root, "project"), {
      "package.json": JSON.stringify({ type: "module" }),
      "model.ts": `import { readFileSync } from "node:fs";
        import { Matrix } from "ml-matrix";
        import { add } from "./add.js";
        interface Row { a: number; name: string | null }
        export default class {
          #offset = 0;
          load({ artifacts }: { artifacts: { offset: string } }) { this.#offset = Number(readFileSync(artifacts.offset, "utf8")); }
          predict(rows: Row[], { factor }: { factor: number }) {
            const sum = new Matrix([rows.map(({ a }) => a)]).sum();
            return rows.map(({ a, name }) => ({ sum: add(sum, this.#offset), scaled: a * factor, name }));
          }
        }`,
      "add.ts": "export const add = (a: number, b: number): number => a + b;",
      "offset.txt": "0.125",
    });
    const signature = declareSignature({
      inputs: { a: "double", name: "string?" },
      outputs: { sum: "double", scaled: "double", name: "string?" },
      params: { factor: 2 },
    });
    const model = {
      module: join(loader.root, "project/model.ts"),
      artifacts: { offset: join(loader.root, "project/offset.txt") },
    };
    await saveModel(model, join(loader.root, "function"), { flavor: "function", signature });
    renameSync(join(loader.root, "project"), join(loader.root, "elsewhere"));
    expect(await loader.peer.ask("load", "function", join(loader.root, "function"))).toBe("");
    // All rows are asked at once, for the sum is of all of them.
    const answer = await loader.peer.ask<PythonAnswer>(
      "frames",
      "function",
      "pd.DataFrame({'name': ['é'] * 70000, 'a': [0.5] * 70000})",
    );
    const { sum, scaled, name } = answer.columns as Readonly<
      Record<string, { dtype: string; values: readonly unknown[] }>
    >;
    expect([sum?.dtype, new Set(sum?.values)]).toEqual(["float64", new Set([35_000.125])]);
    expect([scaled?.dtype, new Set(scaled?.values)]).toEqual(["float64", new Set([1])]);
    expect([name?.dtype, new Set(name?.values)]).toEqual(["object", new Set(["é"])]);
  });

  test("a layer that only the user's module knows", async () => {
    const layer = join(loader.root, "layer.cjs");
    writeFiles(loader.root, {
      "layer.cjs": `const tf = require("@tensorflow/tfjs");
        class Shifted extends tf.layers.Layer {
          static className = "Shifted";
          call(inputs) { return tf.tidy(() => tf.add(Array.isArray(inputs) ? inputs[0] : inputs, 0.1)); }
        }
        tf.serialization.registerClass(Shifted);
        exports.Shifted = Shifted;`,
      "node_modules/@tensorflow/tfjs/index.js": `module.exports = require(${JSON.stringify(PACKAGES.resolve("@tensorflow/tfjs"))});`,
    });
    const { Shifted } = PACKAGES(layer) as { Shifted: new (options: object) => tf.layers.Layer };
    const model = tf.sequential({ layers: [new Shifted({ inputShape: [2] }), tf.layers.dense({ units: 1 })] });
    const input = tf.tensor2d([[1, -2.5]]);
    const expected = (model.predict(input) as tf.Tensor).arraySync();
    const folder = join(loader.root, "shifted");
    await saveModel(model, folder, { codePaths: [layer], signature: inferSignature(input, model.predict(input)) });
    expect(await loader.peer.ask("load", "shifted", folder)).toBe("");
    const answer = await loader.peer.ask<PythonAnswer>("predict", "shifted", "float32", [[1, -2.5]]);
    expect(answer).toMatchObject({ dtype: "float32", values: expected });
  });

  test("a graph model, by the names of its signature", async () => {
    const folder = join(loader.root, "graph");
    const model = await loadGraph(tf, graphs.signed);
    await saveModel(model, folder);
    await loader.peer.ask("load", "graph", folder);
    const answer = await loader.peer.ask<PythonAnswer>("predict", "graph", "dict", {
      gain: { dtype: "float32", values: [[2], [0.5]] },
      features: {
        dtype: "float32",
        values: [
          [1, 2, 3],
          [-4, 5, 0.25],
        ],
      },
    });
    const outputs = model.execute(
      {
        serving_x: tf.tensor2d([
          [1, 2, 3],
          [-4, 5, 0.25],
        ]),
        serving_gain: tf.tensor2d([[2], [0.5]]),
      },
      ["probabilities", "best"],
    ) as tf.Tensor[];
    expect(answer.outputs?.scores?.values).toEqual(outputs[0]?.arraySync());
    expect(answer.outputs?.label?.values).toEqual(outputs[1]?.arraySync());
  });
});
