import { type Metric, now } from "../../core";
import type { RichForms, RichStyle } from "../../runtime";
import type { RunCard } from "../../view";
import { flushQueues, settleJobs } from "../recorder";
import { requireView } from "../require-view";
import { shortPlace } from "../tracking-uri";
import type { OpenRun } from "./open-run";

const MOST_HISTORIES = 50;

/** A run that is being written as a card, with all that was logged so far. */
export function renderOpenRun(run: OpenRun, style: RichStyle): RichForms {
  const { render, runCardView } = requireView();
  const time = now();
  return render(runCardView, cardOf(run, time), { now: time, ...style });
}

/** Whoever prints a run must not be met by trouble of the store: then the card says that and what is known without it. */
function cardOf(run: OpenRun, time: number): RunCard {
  const { id, experimentName: experiment } = run;
  const store = shortPlace(run.store.uri);
  try {
    settleJobs();
    flushQueues();
    if (run.store.kind === "none") return unread(run, store, "nothing is recorded: TRACKBOOK_MODE=disabled");
    const stored = run.store.getRun(id);
    return requireView().describeRun(stored, {
      experimentName: experiment,
      histories: historiesOf(run, stored.data.latestMetrics),
      store,
      now: time,
    });
  } catch (error) {
    return unread(run, store, `the run could not be read: ${String(error)}`);
  }
}

/** What is known of a run without the store, and why it is no more. */
function unread({ id: runId, name, status, experimentName: experiment }: OpenRun, store: string, why: string): RunCard {
  const notes = [{ text: why, tone: "warning" } as const];
  return { runId, name, status, experiment, metrics: [], params: [], notes, store };
}

function historiesOf({ store, id }: OpenRun, latest: readonly Metric[]): Record<string, readonly Metric[]> {
  const keys = latest.filter(({ step }) => step > 0).map(({ key }) => key);
  return Object.fromEntries(keys.slice(0, MOST_HISTORIES).map((key) => [key, store.getMetricHistory(id, key).items]));
}
