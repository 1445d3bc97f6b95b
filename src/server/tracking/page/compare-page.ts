import { InvalidInputError, messages, now, type RunEntity } from "../../../core";
import { describeComparison, runComparisonView } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout } from "./layout";
import { historiesOf, metricCharts } from "./metric-charts";

const MOST = 10;

/** The page of several runs side by side: `?run=…&run=…`, or MLflow's `?runs=["…","…"]`. */
export async function comparePage(backend: Backend, addresses: Addresses, query: URLSearchParams): Promise<string> {
  const ids = [...new Set([...query.getAll("run"), ...listIn(query.get("runs"))])].slice(0, MOST);
  const runs: RunEntity[] = [];
  for (const id of ids) runs.push(await backend.store.getRun(id));
  const compared = await Promise.all(runs.map(async (run) => ({ run, histories: await historiesOf(backend, run) })));
  const time = now();
  const comparison = describeComparison(compared, { now: time, title: "comparison" });
  const fragment = runComparisonView.fragment(
    {
      ...comparison,
      runs: comparison.runs.map((run, index) => ({
        ...run,
        href: addresses.run(runs[index]?.info.experimentId ?? "", run.runId),
        // They are drawn in full below.
        histories: {},
      })),
    },
    { now: time },
  );
  return layout(addresses, "experiments", [{ name: "compare" }], [fragment, metricCharts(compared)]);
}

function listIn(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map(String);
  } catch {
    // Told below.
  }
  throw new InvalidInputError(messages.wrongField("runs", text, 'a list of ids as JSON: ["…", "…"]'));
}
