import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEntity, ViewType } from "../../../src/core";
import { encodeOffset, type SearchQuery, searchRuns } from "../../../src/search";
import { formatExpression } from "../../../src/search/language";
import type { AnyTrackingStore } from "../../../src/stores";
import type { SearchPatience } from "../../../src/stores/sql";
import { filtersOver, number, text } from "../search/filters";
import type { StorePlace } from "./store-place";

const KEYS = ["a", "b", "n/x", "é"];

const keyed = <T>(value: fc.Arbitrary<T>) => fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 4 });

/** What is written to a run. */
const content = fc.record({
  startTime: fc.integer({ min: 0, max: 3 }),
  endTime: fc.option(fc.integer({ min: 0, max: 3 })),
  status: fc.constantFrom("RUNNING", "FINISHED", "FAILED"),
  runName: fc.oneof(fc.constantFrom("r", "R", "run"), text),
  isDeleted: fc.boolean(),
  metrics: keyed(fc.array(fc.oneof(number, fc.constantFrom(Number.NaN, 1)), { minLength: 1, maxLength: 2 })),
  params: keyed(text),
  tags: keyed(text),
  datasets: fc.array(fc.record({ name: fc.constantFrom("x", "y"), digest: text, context: fc.option(text) }), {
    maxLength: 2,
  }),
});
type Content = typeof content extends fc.Arbitrary<infer T> ? T : never;

const query: fc.Arbitrary<SearchQuery> = fc.record({
  filter: fc.oneof(
    { arbitrary: filtersOver(KEYS).map(formatExpression), weight: 4 },
    {
      arbitrary: fc.constantFrom(
        undefined,
        "attributes.status = 'RUNNING' AND run_name != 'r'",
        "run_name ILIKE 'R%' OR NOT status LIKE 'F%'",
        "user_id = 'u' AND NOT (end_time > 1)",
        "artifact_uri LIKE '%/artifacts' AND run_id NOT IN ('a')",
        "datasets.name = 'x' AND dataset.context != 'x'",
        "start_time >= 0.5 AND start_time < 2.5",
      ),
      weight: 1,
    },
  ),
  orderBy: fc.uniqueArray(
    fc.constantFrom(
      "metrics.a DESC",
      "metrics.`n/x`",
      "params.b",
      "params.a DESC",
      "tags.a DESC",
      "tags.é",
      "status",
      "run_name DESC",
      "end_time",
      "start_time",
    ),
    { maxLength: 3 },
  ),
  maxResults: fc.integer({ min: 1, max: 8 }),
  pageToken: fc.constantFrom(undefined, undefined, encodeOffset(1), encodeOffset(5)),
});

async function write(store: AnyTrackingStore, experimentId: string, run: Content): Promise<void> {
  const { info } = await store.createRun({ experimentId, ...run, userId: "u", tags: [] });
  const { runId } = info;
  const entries = <T>(record: Readonly<Record<string, T>>) => Object.entries(record);
  await store.logBatch(runId, {
    metrics: entries(run.metrics).map(([key, values]) => ({
      key,
      values,
      steps: values.map((_, step) => step),
      timestamps: values.map(() => 1),
    })),
    params: entries(run.params).map(([key, value]) => ({ key, value })),
    tags: entries(run.tags).map(([key, value]) => ({ key, value })),
  });
  await store.logInputs(runId, {
    datasets: run.datasets.map(({ name, digest, context }) => ({
      dataset: { name, digest, sourceType: "code", source: "{}" },
      tags: (context === null ? {} : { "mlflow.data.context": context }) as Readonly<Record<string, string>>,
    })),
  });
  await store.updateRun(runId, { status: run.status as "FAILED", endTime: run.endTime ?? undefined });
  if (run.isDeleted) await store.deleteRun(runId);
}

const searches = fc.array(fc.record({ query, view: fc.constantFrom<ViewType>("ACTIVE_ONLY", "DELETED_ONLY", "ALL") }), {
  minLength: 15,
  maxLength: 15,
});

const isIn = (view: ViewType, run: RunEntity): boolean =>
  view === "ALL" || (run.info.lifecycleStage === "deleted") === (view === "DELETED_ONLY");

/** Searches go about it in each of their ways: first of all one by one, by the order, by sets. */
export const PATIENCES: Readonly<Record<string, SearchPatience | undefined>> = {
  "few runs": undefined,
  "runs in order": { few: 0, walk: 4, pages: 0, several: 3, share: 2 },
  "sets of runs": { few: 0, walk: 0, pages: 0, several: 0, share: 0 },
};

/** What a database finds is what the search in memory finds, in the same order, page by page. */
export function describeDatabaseSearch(
  name: string,
  { open, numRuns }: Pick<StorePlace, "open"> & { readonly numRuns: number },
): void {
  test(`${name} finds what the search in memory finds`, { timeout: 180_000 }, async () => {
    const store = await open();
    let stories = 0;
    const story = fc.asyncProperty(
      fc.array(content, { minLength: 1, maxLength: 8 }),
      searches,
      async (runs, searches) => {
        const experiments: string[] = [];
        for (const part of [1, 2]) experiments.push(await store.createExperiment(`${++stories} ${part}`));
        for (const [index, run] of runs.entries()) await write(store, experiments[index % 2] as string, run);
        const all = (await store.searchRuns(experiments, { viewType: "ALL" })).items;
        expect(all).toHaveLength(runs.length);
        for (const { query, view } of searches) {
          const inView = all.filter((run) => isIn(view, run));
          expect(await store.searchRuns(experiments, { ...query, viewType: view })).toEqual(searchRuns(inView, query));
        }
      },
    );
    await fc.assert(story, { numRuns });
  });

  // Python's mlflow.log_metric(…, step=time.time_ns()) writes such steps.
  test(`${name} reads steps beyond 2 ** 53 as the nearest numbers`, async () => {
    const store = await open();
    const experimentId = await store.createExperiment("nanoseconds");
    const { runId } = (await store.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] })).info;
    const steps = [1, 2 ** 60 + 2 ** 9, -(2 ** 62)];
    await store.logBatch(runId, { metrics: [{ key: "loss", values: [3, 2, 1], steps, timestamps: [1, 2, 3] }] });
    const found = await store.searchRuns([experimentId], { filter: "metrics.loss = 2" });
    expect(found.items.map(({ data }) => data.latestMetrics[0]?.step)).toEqual([steps[1]]);
    expect((await store.getMetricHistory(runId, "loss")).items.map(({ step }) => step)).toEqual(steps);
  });
}
