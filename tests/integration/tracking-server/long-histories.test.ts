import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { startHttpServer } from "../../../src/server/process";
import { createTrackingApp, Histories, openBackend } from "../../../src/server/tracking";
import { openAnyTrackingStore } from "../../../src/stores";
import { temporaryFolder } from "../../support/temporary-folder";
import { series } from "../../unit/stores/metric-series";

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

/** A run in a store of its own. */
async function openRun(uri: (folder: string) => string) {
  const folder = temporaryFolder();
  const store = openAnyTrackingStore(uri(folder), { isServed: true });
  const run = await store.createRun({ experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] });
  const path = (key: string) => join(folder, "mlruns", "0", run.info.runId, "metrics", key);
  const log = (first: number, count: number) => {
    const values = Array.from({ length: count }, (_, index) => first + index);
    return store.logBatch(run.info.runId, {
      metrics: [{ key: "m", values, steps: values, timestamps: values.map((value) => 5000 + value) }],
    });
  };
  return { folder, store, runId: run.info.runId, path, log };
}

const inDatabase = (folder: string) => `sqlite:///${folder}/mlflow.db`;
const inFolder = (folder: string) => join(folder, "mlruns");

test.each([
  ["behind what it has kept", 50],
  ["to the end of what it has kept", 15],
])("a server that began when there were fewer points answers %s what another began", async (_, maxResults) => {
  const { store, runId, log } = await openRun(inDatabase);
  const [early, late] = [new Histories(store), new Histories(store)];
  await log(0, 20);
  await early.page(runId, "m", { maxResults: 10 });
  await log(20, 80);
  const { nextPageToken } = await late.page(runId, "m", { maxResults });
  const next = await early.page(runId, "m", { maxResults, pageToken: nextPageToken });
  expect(next.items.map(({ value }) => value)).toEqual(
    Array.from({ length: maxResults }, (__, index) => maxResults + index),
  );
  expect(next.nextPageToken === undefined).toBe(2 * maxResults === 100);
});

test("pages that are asked for again and again show a history of half a minute before at the most", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { store, runId, log } = await openRun(inDatabase);
  await log(10, 30);
  const histories = new Histories(store);
  const { nextPageToken: pageToken } = await histories.page(runId, "m", { maxResults: 5 });
  const second = async () => (await histories.page(runId, "m", { maxResults: 5, pageToken })).items[0]?.value;
  await log(0, 10);
  vi.advanceTimersByTime(20_000);
  expect(await second()).toBe(15);
  vi.advanceTimersByTime(11_000);
  expect(await second()).toBe(5);
});

test("a file that ends where a part of it ends has no page behind its last", async () => {
  const { store, runId, path, log } = await openRun(inFolder);
  await log(0, 1);
  const line = "1700000000000 0.12345678 000001\n";
  expect(line).toHaveLength(32);
  writeFileSync(path("m"), line.repeat(2 * 8192));
  const histories = new Histories(store);
  const first = await histories.page(runId, "m", { maxResults: 8192 });
  expect([first.items.length, first.nextPageToken]).toEqual([8192, expect.any(String)]);
  const last = await histories.page(runId, "m", { maxResults: 8192, pageToken: first.nextPageToken });
  expect([last.items.length, last.nextPageToken]).toEqual([8192, undefined]);
});

test("a line that nobody ends is waited for once", async () => {
  const { store, runId, path, log } = await openRun(inFolder);
  await log(0, 100);
  appendFileSync(path("m"), "1700000050000 0.5");
  const histories = new Histories(store);
  await histories.page(runId, "m", { maxResults: 1000 });
  const begin = performance.now();
  for (let round = 0; round < 100; round++)
    expect((await histories.page(runId, "m", { maxResults: 1000 })).items).toHaveLength(100);
  expect(performance.now() - begin).toBeLessThan(3000);
});

test("a history of another server is answered page by page", async () => {
  const { folder, runId, log } = await openRun(inFolder);
  await log(0, 60_000);
  const backend = openBackend({ storeUri: inFolder(folder), artifactsDestination: folder });
  const server = await startHttpServer(createTrackingApp(backend, { version: "1" }), { host: "127.0.0.1", port: 0 });
  onTestFinished(() => server.drain());
  const histories = new Histories(openAnyTrackingStore(server.url));
  const firsts: (number | undefined)[] = [];
  for (let pageToken: string | undefined; firsts.length < 4; ) {
    const page = await histories.page(runId, "m", { maxResults: 25_000, pageToken });
    firsts.push(page.items[0]?.value);
    pageToken = page.nextPageToken;
    if (!pageToken) break;
  }
  expect(firsts).toEqual([0, 25_000, 50_000]);
});

test("where a history breaks off in the midst, the server's log says so in the server's name", async () => {
  const { folder, runId, path, log } = await openRun(inFolder);
  await log(0, 40_000);
  const bytes = readFileSync(path("m"));
  writeFileSync(path("m"), bytes.fill("!", bytes.length - 300, bytes.length - 200));
  const backend = openBackend({ storeUri: inFolder(folder), artifactsDestination: folder });
  const app = createTrackingApp(backend, { version: "1" });
  const asked = `/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=m`;
  const response = await app.fetch(new Request(`http://localhost${asked}`));
  expect(response.status).toBe(200);
  const cause: unknown = await response.text().catch((error: unknown) => error);
  expect(inspect(cause)).toMatch(/^trackbook: StoreError: .* is no metric point/);
});
