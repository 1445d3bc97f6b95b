import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTrackingApp, Histories, openBackend } from "../../../../src/server/tracking";
import { series } from "../../stores/metric-series";

const METRICS = "/ajax-api/2.0/mlflow/metrics";
const LENGTH = 60_000;

interface Answer {
  readonly metrics?: readonly { readonly value: number; readonly timestamp: number; readonly step: number }[];
  readonly next_page_token?: string;
}

/** A server of a run with a long history, whose points at even places were written last and are dated first. */
async function serveLong(folder: string, uri: (folder: string) => string) {
  const backend = openBackend({ storeUri: uri(folder), artifactsDestination: folder });
  const { store } = backend;
  const { runId } = (await store.createRun({ experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] }))
    .info;
  const values = Array.from({ length: LENGTH }, (_, index) => index);
  const steps = values.map((index) => (index < LENGTH / 2 ? 2 * index + 1 : 2 * (index - LENGTH / 2)));
  await store.logBatch(runId, { metrics: [series("loss", values, steps), series("few", [3, 2, 1])] });
  const serve = () => createTrackingApp({ ...backend, histories: new Histories(store) }, { version: "1" });
  const app = serve();
  const ask = async (query: string, path = "get-history", asked = app) => {
    const response = await asked.fetch(new Request(`http://localhost${METRICS}/${path}?${query}`));
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  return { ask, runId, store, serve };
}

describe.each([
  ["a SQLite database", (folder: string) => `sqlite:///${folder}/mlflow.db`],
  ["a folder", (folder: string) => join(folder, "mlruns")],
])("a long history in %s", (_, uri) => {
  let served: Awaited<ReturnType<typeof serveLong>>;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "long-histories-"));
    served = await serveLong(folder, uri);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is answered whole, and page by page, in the order of the store's own answer", async () => {
    const { ask, runId, store } = served;
    const expected = (await store.getMetricHistory(runId, "loss")).items.map(({ value }) => value);
    const about = `run_id=${runId}&metric_key=loss`;
    expect((await ask(about)).metrics?.map(({ value }) => value)).toEqual(expected);
    const paged: number[] = [];
    const sizes: number[] = [];
    for (let token: string | undefined = ""; token !== undefined; ) {
      const page: Answer = await ask(`${about}&max_results=25000${token && `&page_token=${token}`}`);
      sizes.push(page.metrics?.length ?? 0);
      paged.push(...(page.metrics ?? []).map(({ value }) => value));
      token = page.next_page_token;
    }
    expect(paged).toEqual(expected);
    expect(sizes).toEqual([25_000, 25_000, 10_000]);
  });

  test("is answered from the middle by a server that has not answered what is before", async () => {
    const { ask, runId, serve } = served;
    const token = Buffer.from('{"offset": 59998}').toString("base64");
    const page = await ask(`run_id=${runId}&metric_key=loss&max_results=5&page_token=${token}`, "get-history", serve());
    expect(page.metrics?.map(({ value }) => value)).toEqual([59_998, 59_999]);
    expect(page.next_page_token).toBeUndefined();
  });

  test("is sampled by its steps, and cut by time", async () => {
    const { ask, runId } = served;
    const sampled = await ask(`run_ids=${runId}&metric_key=loss&max_results=6`, "get-history-bulk-interval");
    expect(sampled.metrics?.map(({ step }) => step)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 59_999]);
    const cut = await ask(`run_id=${runId}&metric_key=loss&max_results=3`, "get-history-bulk");
    expect(cut.metrics?.map(({ value }) => value)).toEqual([0, 1, 2]);
  });

  test("is drawn of a few points, with its last, least and greatest", async () => {
    const { runId, store } = served;
    const points = await new Histories(store).sampled(runId, "loss", 100);
    const values = points.map(({ value }) => value);
    expect(points.length).toBeGreaterThanOrEqual(100);
    expect(points.length).toBeLessThanOrEqual(102);
    expect([values[0], Math.max(...values)]).toEqual([0, LENGTH - 1]);
  });

  test("lets others be answered while it is read", async () => {
    const { ask, runId } = served;
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve));
    })();
    await ask(`run_ids=${runId}&metric_key=loss&start_step=0&end_step=5`, "get-history-bulk-interval");
    isOver = true;
    await others;
    expect(turns).toBeGreaterThan(3);
  });
});
