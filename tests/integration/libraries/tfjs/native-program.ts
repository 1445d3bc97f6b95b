// Trains with tfjs-node's native backend: twice alike, once recorded and once not, and says what differs.
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as TensorFlow from "@tensorflow/tfjs";
import { PACKAGE } from "../../../support/installed-folder";

const [tfjsNode, store] = process.argv.slice(2) as [string, string];
const built = createRequire(__filename)(PACKAGE) as typeof import("../../../../src");
const { autolog, flush, lastActiveRun, setTrackingUri } = built;

async function main() {
  setTrackingUri(store);
  autolog({ logSource: false });
  const tf = createRequire(join(tfjsNode, "package.json"))("@tensorflow/tfjs-node") as typeof TensorFlow;
  const x = tf.randomUniform([60, 3], 0, 1, "float32", 7);
  const y = x.sum(1, true) as TensorFlow.Tensor2D;
  const train = async () => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 5 });
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer }),
        tf.layers.dense({ units: 1, kernelInitializer }),
      ],
    });
    model.compile({ optimizer: "adam", loss: "meanSquaredError", metrics: ["mae"] });
    const options = { epochs: 3, shuffle: false, validationSplit: 0.2, verbose: 0 };
    const before = tf.memory().numTensors;
    const { history } = await model.fit(x, y, options);
    return { model, history, made: tf.memory().numTensors - before };
  };
  const recorded = await train();
  autolog({ disable: true });
  const plain = await train();
  await flush();

  const numbers = (model: TensorFlow.LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));
  const loaded = await tf.loadLayersModel(`${lastActiveRun()?.artifactUri}/model/data/model.json`);
  console.log(
    JSON.stringify({
      backend: tf.getBackend(),
      sameWeights: JSON.stringify(numbers(recorded.model)) === JSON.stringify(numbers(plain.model)),
      tensors: [recorded.made, plain.made],
      losses: recorded.history.loss,
      loadedWeights: JSON.stringify(numbers(loaded)) === JSON.stringify(numbers(recorded.model)),
    }),
  );
}

void main();
