import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { now } from "../../core";
import { makeRich } from "../../runtime";
import { requireView, shortPlace } from "../../tracking";
import { enforceInput, enforceParams } from "../enforcement";
import type { PredictionInput, Predictor } from "../predictor";
import type { ModelSignature } from "../signature";
import type { ModelInfo } from "./model-info";

/** A model that was loaded, of whatever library: it is asked in one way, and looks at what it is asked. */
export interface LoadedModel {
  /** What it takes and gives; `undefined` when it was logged without. */
  readonly signature: ModelSignature | undefined;
  /** What was kept with it: `logModel`'s option of that name. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of a logged model only. */
  readonly modelId: string | undefined;
  /** Of a logged model only: the run that logged it. */
  readonly runId: string | undefined;
  /** The flavor by which it was loaded. */
  readonly flavor: string;
  /** All that its MLmodel file says. */
  readonly info: ModelInfo;
  /** Where its files are on this machine. */
  readonly folder: string;
  /**
   * The predictions for every row, in order. With a signature the input is brought into its order and types first: columns by name, those that it does
   * not have left out, and only what loses nothing is converted.
   *
   * Rejects with INVALID_PARAMETER_VALUE for what does not fit, naming the column, what came and what is accepted; and with what the
   * library throws.
   *
   * @param input rows `[{ a: 1 }, …]`, columns `{ a: [1, …] }`, arrays, typed arrays, tensors, matrices, Arrow or Danfo.js tables
   * @param params those that the signature has; its defaults for the rest
   * @example await model.predict<number[]>([{ alcohol: 9.4, pH: 3.51 }]);
   */
  predict<Predictions = unknown>(input: unknown, params?: Readonly<Record<string, unknown>>): Promise<Predictions>;
  /** The model as its library knows it: a `tf.LayersModel`, a `SimpleLinearRegression` … */
  unwrap<Model = unknown>(): Model;
}

/** What a {@link LoadedModel} is made of. */
export interface LoadedModelParts {
  /** The address that it was loaded by. */
  readonly uri: string;
  readonly folder: string;
  readonly flavor: string;
  readonly info: ModelInfo;
  readonly predictor: Predictor;
  readonly model: unknown;
}

/** A model that is asked through the predictor of its flavor. */
export class AskableModel implements LoadedModel {
  readonly signature: ModelSignature | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly modelId: string | undefined;
  readonly runId: string | undefined;
  readonly flavor: string;
  readonly info: ModelInfo;
  readonly folder: string;
  readonly #uri: string;
  readonly #predictor: Predictor;
  readonly #model: unknown;

  constructor({ uri, folder, flavor, info, predictor, model }: LoadedModelParts) {
    this.signature = info.signature;
    this.metadata = info.metadata;
    this.modelId = info.modelId;
    this.runId = info.runId;
    this.flavor = flavor;
    this.info = info;
    this.folder = folder;
    this.#uri = uri;
    this.#predictor = predictor;
    this.#model = model;
  }

  async predict<Predictions = unknown>(
    input: unknown,
    params?: Readonly<Record<string, unknown>>,
  ): Promise<Predictions> {
    const { signature } = this;
    const checked = enforceParams(signature && (signature.params ?? []), params);
    return this.ask(enforceInput(signature?.inputs, input), checked) as Predictions;
  }

  /** Asks what is in the order and the types of the signature already. */
  ask(input: PredictionInput, params: Readonly<Record<string, unknown>>): unknown | Promise<unknown> {
    return this.#predictor.predict(this.#model, input, params);
  }

  unwrap<Model = unknown>(): Model {
    return this.#model as Model;
  }

  /** What the card of the model says. */
  get card() {
    const { flavor, folder, modelId, signature } = this;
    const [name, path] = [basename(folder), shortPlace(pathToFileURL(folder).href)];
    // MLflow puts the files of every model that it logs into a folder of this name.
    const shownName = name === "artifacts" && modelId !== undefined ? modelId : name;
    const loadCall = `loadModel(${JSON.stringify(this.#uri)})`;
    return { name: shownName, flavor, signature: signature?.toString(), path, modelId, loadCall };
  }
}

makeRich<AskableModel>(AskableModel.prototype, {
  render: ({ card }, style) => {
    const { modelCardView, render } = requireView();
    return render(modelCardView, card, { now: now(), ...style });
  },
  summarize: ({ card }) => `LoadedModel ${card.name} (${card.flavor})`,
});
