import { LIMITS, now, showValue, TAGS, toText, warnOnce } from "../../core";
import type { Integration, TrainingData, TrainingOutcome, TrainingPlan } from "../../libraries";
import {
  captureDataset,
  captureTable,
  environmentOf,
  type InputExample,
  inferSignature,
  inferSignatureOf,
  logModelOnRun,
  ModelSignature,
  type ModelSnapshot,
  snapshotBytes,
  type TableSample,
} from "../../models";
import { flushQueues, inBackground, type OpenRun, requireRegistry } from "../../tracking";
import type { ResolvedOptions } from "../options";
import type { CaughtCall } from "./recording";
import { recordedName } from "./recorded-name";
import { type FaultReport, guarded, swallow } from "../session";
import { type ModelHistory, type TrainingSlot, WARNING_TAG } from "./training-slot";

/** What the run's latest training that failed threw. */
const ERROR_TAG = "trackbook.error";
const EXAMPLE_ROWS = 5;

/** Hyperparameters as MLflow keeps them; one that has no text is shown as an error message would show it. */
export function textsOf(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, textOf(key, value)]));
}

function textOf(key: string, value: unknown): string {
  try {
    return toText("param", key, value, LIMITS.paramValueLength);
  } catch {
    return showValue(value);
  }
}

/** Writes one training to its run: every name under the training's suffix, every step after those of the trainings that it continues. */
export class TrainingLog {
  readonly #run: OpenRun;
  readonly #history: ModelHistory;
  readonly #options: ResolvedOptions;
  readonly #hyperparameters: Readonly<Record<string, string>>;
  readonly #continues: boolean;
  readonly #epochShift: number;
  readonly #stepShift: number;
  /** Where faults of the recording are told. */
  readonly report: FaultReport;
  #example: InputExample | undefined;
  /** What the training was given, and the copy of it. */
  #captured: { readonly data: unknown; readonly features: TableSample } | undefined;

  constructor(
    { history, continues, epochsBefore, stepsBefore }: TrainingSlot,
    params: Readonly<Record<string, string>>,
    options: ResolvedOptions,
  ) {
    this.#options = options;
    this.#hyperparameters = params;
    this.report = {
      silent: options.silent,
      note: (warning) => this.#run.tag(WARNING_TAG, warning.slice(0, LIMITS.tagValueLength)),
    };
    this.#run = history.run;
    this.#history = history;
    this.#continues = continues;
    // A user who counts on with `initialEpoch` is not counted on once more.
    this.#epochShift = Math.max(0, epochsBefore - (Number(params.initial_epoch ?? params.initialEpoch) || 0));
    this.#stepShift = stepsBefore;
  }

  /** Hyperparameters and the tags that say what is trained. */
  start(
    { integration, lost }: CaughtCall,
    { estimatorName }: TrainingPlan,
    params: Readonly<Record<string, string>>,
  ): void {
    const tag = (key: string, value: string) => this.#run.tag(`${key}${this.#history.suffix}`, value);
    this.#run.tag(TAGS.autologging, integration.name);
    tag("estimator_name", estimatorName);
    tag("estimator_class", `${integration.name}.${estimatorName}`);
    if (lost.length > 0) tag("trackbook.autolog.partial", lost.join(", "));
    if (!this.#run.explicit)
      for (const [key, value] of Object.entries(this.#options.extraTags))
        this.#run.tag(key, toText("tag", key, value, LIMITS.tagValueLength));
    this.#params(params);
  }

  /** One epoch's or batch's metrics; returns its number over all continuations. */
  progress(type: "epoch" | "step", index: number, metrics: Readonly<Record<string, number>>, time: number): number {
    const total = index + (type === "epoch" ? this.#epochShift : this.#stepShift);
    if (type === "epoch") this.#history.epochs = total + 1;
    else this.#history.steps = total + 1;
    for (const [key, value] of Object.entries(metrics)) this.#run.metric(this.#name(key), value, time, total);
    return total;
  }

  /** What is known once the training has succeeded. */
  outcome({ params = {}, metrics = {}, tags = {}, files = [], data }: TrainingOutcome): void {
    this.#params(textsOf(params));
    if (data) this.data(data);
    const time = now();
    for (const [key, value] of Object.entries(metrics))
      this.#run.metric(this.#name(key), value, time, this.#history.trainings - 1);
    for (const [key, value] of Object.entries(tags)) this.#run.tag(`${key}${this.#history.suffix}`, value);
    for (const { path, content } of files) this.#run.file(this.#fileName(path), content);
  }

  /** Why the training failed, as the run's card tells it. */
  failed(error: unknown): void {
    this.#run.tag(ERROR_TAG, String(error).slice(0, LIMITS.tagValueLength));
  }

  /** Takes a bounded copy of the data now and describes it later. */
  data(uses: readonly TrainingData[]): void {
    const { logDatasets, logInputExamples } = this.#options;
    const first = uses.find(({ context }) => context === "train");
    if (logInputExamples && first) this.#example = { data: captureTable(first.data, { maxRows: EXAMPLE_ROWS }) };
    if (!logDatasets || this.#continues) return;
    for (const { context, data, targets } of uses) {
      const captured = captureDataset(data, { targets });
      if (context === "train") this.#captured = { data, features: captured.features };
      const tags = { [TAGS.dataContext]: context };
      const run = this.#run;
      const describe = () => run.enqueue((queue) => queue.datasets.push({ dataset: captured.describe(), tags }));
      const name = "describing the data";
      inBackground({ name, owner: run, run: () => void guarded(name, describe, this.report) });
    }
  }

  /** Keeps the model, unless it is too large. */
  model(
    integration: Integration,
    snapshot: ModelSnapshot,
    outcome: TrainingOutcome,
    libraryFile: string | undefined,
  ): { note?: string; kept?: { name: string; bytes: number; signature: string | undefined } } {
    const { maxModelBytes, silent } = this.#options;
    const bytes = snapshotBytes(snapshot);
    if (bytes > maxModelBytes) {
      const note = `model left out: ${bytes} bytes are more than maxModelBytes (${maxModelBytes})`;
      if (!silent) warnOnce("maxModelBytes", `${note}; autolog({ maxModelBytes: ${bytes} }) keeps it`);
      return { note };
    }
    const signature = this.#signature(outcome);
    const name = logModelOnRun(this.#run, {
      name: this.#history.modelFolder ?? `model${this.#history.suffix}`,
      flavor: integration.name,
      snapshot,
      environment: () => environmentOf(integration.flavor ?? {}, snapshot, { file: libraryFile, silent }),
      signature,
      inputExample: this.#example,
      params: this.#hyperparameters,
      modelId: this.#history.modelId,
      created: (modelId) => {
        this.#history.modelId = modelId;
      },
    });
    this.#history.modelFolder = name;
    this.#register();
    return { kept: { name, bytes, signature: signature?.toString() } };
  }

  /** Registers the model in a quiet moment: once, for when its training goes on it is the same model. */
  #register(): void {
    const { registeredModelName } = this.#options;
    if (registeredModelName === undefined || this.#history.registered) return;
    this.#history.registered = true;
    const name = "registering the model";
    const register = () => {
      flushQueues();
      const { modelId } = this.#history;
      // Without an id the model could not be kept, which has been told.
      if (modelId === undefined) return;
      const version = requireRegistry().registerLogged(this.#run.store, modelId, registeredModelName);
      if (version instanceof Promise) this.#awaitAnswer(version, name);
    };
    inBackground({ name, owner: this.#run, run: () => void guarded(name, register, this.report) });
  }

  /** The run does not end before a remote registry has answered. */
  #awaitAnswer(version: Promise<unknown>, what: string): void {
    const { pending } = this.#run;
    const answered: Promise<unknown> = version
      .catch((error: unknown) => swallow(what, error, this.report))
      .finally(() => pending.delete(answered));
    pending.add(answered);
  }

  #signature({ signature }: TrainingOutcome): ModelSignature | undefined {
    if (!this.#options.logModelSignatures || !signature) return undefined;
    if (signature instanceof ModelSignature) return signature;
    try {
      const { data, features } = this.#captured ?? {};
      if (features && data === signature.input) return inferSignatureOf(features, signature.output);
      return inferSignature(signature.input, signature.output);
    } catch {
      // Data that has no schema (an exotic input) leaves the model without a signature, as in MLflow.
      return undefined;
    }
  }

  /** A param that the run has already, from the user or an earlier training, stays as it is. */
  #params(texts: Readonly<Record<string, string>>): void {
    for (const [key, text] of Object.entries(texts)) {
      const name = this.#name(key);
      if (!this.#run.hasParam(name)) this.#run.param(name, text);
    }
  }

  #name(key: string): string {
    return recordedName(key, this.#history.suffix);
  }

  #fileName(path: string): string {
    const { suffix } = this.#history;
    const dot = path.lastIndexOf(".");
    return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}${suffix}${path.slice(dot)}` : `${path}${suffix}`;
  }
}
