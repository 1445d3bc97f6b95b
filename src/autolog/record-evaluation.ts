import { now, validateKey } from "../core";
import type { EvaluationHook } from "../libraries";
import { guarded, swallow } from "./session";
import { historyOf, type ModelHistory } from "./training-slot";

type Metrics = Readonly<Record<string, number>> | undefined;

const WHAT = "recording an evaluation";

/** Writes what a model was measured at to the run that trained it, also after that has ended; never opens or ends a run. */
export function recordEvaluation(hook: EvaluationHook, self: object, args: readonly unknown[], result: unknown): void {
  const history = historyOf(self);
  if (!history) return;
  const step = history.evaluations;
  history.evaluations += 1;
  const read = (value: unknown) => guarded(WHAT, () => take(hook.metrics({ self, args, result: value }), history, step));
  if (result instanceof Promise) result.then(read, () => {}).catch((error) => swallow(WHAT, error));
  else read(result);
}

function take(metrics: Metrics | Promise<Metrics>, history: ModelHistory, step: number): void {
  if (!(metrics instanceof Promise)) return write(metrics, history, step);
  const pending: Promise<void> = metrics
    .then((late) => guarded(WHAT, () => write(late, history, step)))
    .catch((error) => swallow(WHAT, error))
    .finally(() => history.run.pending.delete(pending));
  // A run that is being ended waits for it.
  history.run.pending.add(pending);
}

function write(metrics: Metrics, { run, suffix }: ModelHistory, step: number): void {
  for (const [key, value] of Object.entries(metrics ?? {})) {
    validateKey("metric", `${key}${suffix}`);
    run.metric(`${key}${suffix}`, value, now(), step);
  }
  run.moveEnd();
}
