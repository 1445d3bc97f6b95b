import { types } from "node:util";
import { now } from "../../core";
import type { EvaluationHook } from "../../libraries";
import { optionsFor } from "../options";
import { recordedName } from "./recorded-name";
import { type FaultReport, guarded, swallow } from "../session";
import { historyOf, type ModelHistory, WARNING_TAG } from "./training-slot";

type Metrics = Readonly<Record<string, number>> | undefined;

const WHAT = "recording an evaluation";

/**
 * Writes what a model was measured at to the run that trained it, also after that has ended; never opens or ends a run. Returns what the caller
 * is to get: the result, or a promise that settles as it does.
 */
export function recordEvaluation(
  hook: EvaluationHook,
  self: object,
  args: readonly unknown[],
  result: unknown,
): unknown {
  const history = historyOf(self);
  if (!history) return result;
  const step = history.evaluations;
  history.evaluations += 1;
  const report = reportOf(history);
  const read = <T>(value: T): T => {
    guarded(WHAT, () => take(hook.metrics({ self, args, result: value }), history, step, report), report);
    return value;
  };
  return types.isPromise(result) ? result.then(read) : read(result);
}

function take(metrics: Metrics | Promise<Metrics>, history: ModelHistory, step: number, report: FaultReport): void {
  if (!types.isPromise(metrics)) {
    write(metrics, history, step);
    return;
  }
  const { pending } = history.run;
  const reading: Promise<void> = metrics
    .then((late) => write(late, history, step))
    .catch((error) => swallow(WHAT, error, report))
    .finally(() => pending.delete(reading));
  // A run that is being ended waits for it.
  pending.add(reading);
}

function write(metrics: Metrics, { run, suffix }: ModelHistory, step: number): void {
  run.moveEnd();
  for (const [key, value] of Object.entries(metrics ?? {})) run.metric(recordedName(key, suffix), value, now(), step);
}

const reportOf = ({ library, run }: ModelHistory): FaultReport => ({
  silent: optionsFor(library).silent,
  note: (warning) => run.tag(WARNING_TAG, warning),
});
