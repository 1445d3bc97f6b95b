import { LIMITS, now, toText, warnOnce } from "../core";
import type { Integration, TrainingData, TrainingOutcome, TrainingPlan } from "../libraries";
import { captureDataset, captureTable, type InputExample, inferSignature, logModelOnRun, ModelSignature, type ModelSnapshot, snapshotBytes } from "../models";
import { inBackground, type OpenRun } from "../tracking";
import type { ResolvedOptions } from "./options";
import type { CaughtCall } from "./recording";
import type { ModelHistory, TrainingSlot } from "./training-slot";

const EXAMPLE_ROWS = 5;
const INVALID = /[^\p{L}\p{N}\p{M}_\-. :/]/gu;

/** Writes one training to its run: every name under the training's suffix, every step after those of the trainings that it continues. */
export class TrainingLog {
  readonly #run: OpenRun;
  readonly #history: ModelHistory;
  readonly #continues: boolean;
  readonly #epochsBefore: number;
  readonly #stepsBefore: number;
  #example: InputExample | undefined;

  constructor({ history, continues }: TrainingSlot) {
    this.#run = history.run;
    this.#history = history;
    this.#continues = continues;
    this.#epochsBefore = history.epochs;
    this.#stepsBefore = history.steps;
  }

  /** Hyperparameters and the tags that say what is trained. */
  start({ integration, lost }: CaughtCall, plan: TrainingPlan, { extraTags }: ResolvedOptions): void {
    const tag = (key: string, value: string) => this.#run.tag(`${key}${this.#history.suffix}`, value);
    this.#run.tag("mlflow.autologging", integration.name);
    tag("estimator_name", plan.estimatorName);
    tag("estimator_class", `${integration.name}.${plan.estimatorName}`);
    if (lost.length > 0) tag("trackbook.autolog.partial", lost.join(", "));
    if (!this.#run.explicit) for (const [key, value] of Object.entries(extraTags)) this.#run.tag(key, String(value));
    this.params(plan.params);
  }

  /** A param that the run has already, from the user or an earlier training, stays as it is. */
  params(params: Readonly<Record<string, unknown>>): void {
    for (const [key, text] of Object.entries(this.texts(params))) {
      const name = this.#name(key);
      if (!this.#run.hasParam(name)) this.#run.param(name, text);
    }
  }

  /** The values as MLflow keeps them. */
  texts(params: Readonly<Record<string, unknown>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, toText("param", key, value, LIMITS.paramValueLength)]),
    );
  }

  /** One epoch's or batch's metrics; returns its number over all continuations. */
  progress(type: "epoch" | "step", index: number, metrics: Readonly<Record<string, number>>, time: number): number {
    const total = index + (type === "epoch" ? this.#epochsBefore : this.#stepsBefore);
    if (type === "epoch") this.#history.epochs = total + 1;
    else this.#history.steps = total + 1;
    for (const [key, value] of Object.entries(metrics)) this.#run.metric(this.#name(key), value, time, total);
    return total;
  }

  /** What is known once the training has succeeded. */
  outcome({ params = {}, metrics = {}, tags = {}, files = [], data }: TrainingOutcome, options: ResolvedOptions): void {
    this.params(params);
    if (data) this.data(data, options);
    const time = now();
    for (const [key, value] of Object.entries(metrics)) this.#run.metric(this.#name(key), value, time, this.#history.trainings - 1);
    for (const [key, value] of Object.entries(tags)) this.#run.tag(`${key}${this.#history.suffix}`, value);
    for (const { path, content } of files) this.#run.file(this.#fileName(path), content);
  }

  /** Takes a bounded copy of the data now and describes it later. */
  data(uses: readonly TrainingData[], { logDatasets, logInputExamples }: ResolvedOptions): void {
    const first = uses.find(({ context }) => context === "train");
    if (logInputExamples && first) this.#example = { data: captureTable(first.data, { maxRows: EXAMPLE_ROWS }) };
    if (!logDatasets || this.#continues) return;
    for (const { context, data, targets } of uses) {
      const captured = captureDataset(data, { targets });
      const tags = { "mlflow.data.context": context };
      const run = this.#run;
      inBackground({
        name: "the description of the data",
        run: () => run.enqueue((queue) => queue.datasets.push({ dataset: captured.describe(), tags })),
      });
    }
  }

  /** Keeps the model, unless it is too large. */
  model(
    integration: Integration,
    snapshot: ModelSnapshot,
    outcome: TrainingOutcome,
    options: ResolvedOptions,
  ): { note?: string; kept?: { name: string; bytes: number; signature: string | undefined } } {
    const bytes = snapshotBytes(snapshot);
    if (bytes > options.maxModelBytes) {
      const note = `model left out: ${bytes} bytes are more than maxModelBytes (${options.maxModelBytes})`;
      warnOnce("maxModelBytes", `${note}; autolog({ maxModelBytes: ${bytes} }) keeps it`);
      return { note };
    }
    const name = `model${this.#history.suffix}`;
    const signature = this.#signature(outcome, options);
    logModelOnRun(this.#run, {
      name,
      flavor: integration.name,
      snapshot,
      signature,
      inputExample: this.#example,
      modelId: this.#history.modelId,
      created: (modelId) => {
        this.#history.modelId = modelId;
      },
    });
    return { kept: { name, bytes, signature: signature?.toString() } };
  }

  /** A fault of autolog itself: the run says so. */
  warning(text: string): void {
    this.#run.tag("trackbook.autolog.warning", text.slice(0, LIMITS.tagValueLength));
  }

  #signature({ signature }: TrainingOutcome, { logModelSignatures }: ResolvedOptions): ModelSignature | undefined {
    if (!logModelSignatures || !signature) return undefined;
    if (signature instanceof ModelSignature) return signature;
    try {
      return inferSignature(signature.input, signature.output);
    } catch {
      // Data that has no schema (an exotic input) leaves the model without a signature, as in MLflow.
      return undefined;
    }
  }

  #name(key: string): string {
    return `${key.replace(INVALID, "_")}${this.#history.suffix}`;
  }

  #fileName(path: string): string {
    const { suffix } = this.#history;
    const dot = path.lastIndexOf(".");
    return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}${suffix}${path.slice(dot)}` : `${path}${suffix}`;
  }
}
