import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, THEMES } from "../../../scripts/screenshots/browser";
import { type HttpServer, startHttpServer } from "../../../src/server/process";
import { type BusyStore, fillBusily } from "../../support/fill-busily";
import { describeWithParts } from "../../support/parts";
import { serveFolder } from "../../support/served-folder";
import { textContrasts } from "../notebooks/text-contrast";

type Ids = BusyStore;
const runPage = ({ experimentId, runId }: { experimentId: string; runId: string }) =>
  `/experiments/${experimentId}/runs/${runId}`;
const comparison = ({ runIds }: Ids) => `/compare-runs?${runIds.map((id) => `run=${id}`).join("&")}`;

/** Every page, with as much on it as a team has. */
const PAGES: Readonly<Record<string, (ids: Ids) => string>> = {
  experiments: () => "/",
  "an experiment": ({ experimentId }) => `/experiments/${experimentId}`,
  "an experiment with a wrong filter": ({ experimentId }) => `/experiments/${experimentId}?filter=metrics.loss+%3C`,
  "a deleted experiment": ({ deleted }) => `/experiments/${deleted.experimentId}`,
  "a run": ({ experimentId, runIds }) => runPage({ experimentId, runId: runIds[3] ?? "" }),
  "a run's file": ({ experimentId, runIds }) =>
    `${runPage({ experimentId, runId: runIds[0] ?? "" })}/artifacts/reports/residuals-by-vineyard.csv`,
  "a run of many metrics": ({ sensors }) => runPage(sensors),
  "a deleted run": ({ experimentId, deleted }) => runPage({ experimentId, runId: deleted.runId }),
  "a comparison": comparison,
  "a metric": ({ runIds }) => `/metric/loss?runs=${JSON.stringify(runIds.slice(0, 14))}`,
  models: () => "/models",
  "a model": ({ model }) => `/models/${model}`,
  "a version": ({ model }) => `/models/${model}/versions/3`,
  "a LoggedModel": ({ experimentId, loggedModelId }) => `/experiments/${experimentId}/models/${loggedModelId}`,
  "what is not there": ({ experimentId }) => runPage({ experimentId, runId: "a-run-that-nobody-has-ever-made" }),
};

describeWithParts(["chromium"], "the pages of the tracking server", ({ chromium: { chromium } }) => {
  let folder: string;
  let browser: Browser;
  let server: HttpServer;
  let ids: Ids;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trackbook-pages-"));
    const { backend, app } = serveFolder(folder, {}, "SQLite");
    ids = await fillBusily(backend);
    server = await startHttpServer(app, { host: "127.0.0.1", port: 0 }, {});
    browser = await launchBrowser(chromium);
    page = await browser.newPage({ bypassCSP: true });
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser.close();
    await server.drain();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(PAGES))("%s can be read, light and dark, wide and narrow", async (_, address) => {
    await page.goto(`${server.url}${address(ids)}`);
    await page.addScriptTag({ path: join(__dirname, "measure-layout.js") });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    for (const width of [1200, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate("measureLayout()"), `${width} px wide`).toEqual([]);
    }
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const texts = await textContrasts(page, "main, main *");
      expect(texts.length).toBeGreaterThan(5);
      expect(texts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  test("runs are chosen, compared, and found again from there; MLflow's addresses lead on", async () => {
    await page.goto(`${server.url}/#/experiments/${ids.experimentId}`);
    await page.getByRole("checkbox").nth(0).check();
    await page.getByRole("checkbox").nth(2).check();
    await page.getByRole("button", { name: "Compare the chosen" }).click();
    expect(await page.locator("header").first().innerText()).toMatch(/comparison\s+2 runs/);
    await page.getByRole("link", { name: "gradient-boosting-with-early-stopping-57" }).click();
    expect(await page.title()).toBe("gradient-boosting-with-early-stopping-57 · trackbook");
    for (const address of [PAGES["a metric"], PAGES["a LoggedModel"]]) {
      const path = address?.(ids) ?? "";
      await page.goto("about:blank");
      await page.goto(`${server.url}/#${path}`);
      await page.waitForURL((url) => decodeURIComponent(url.pathname + url.search) === path);
      expect(await page.locator(".card").count()).toBeGreaterThan(0);
      expect(await page.getByRole("alert").count()).toBe(0);
    }
  });
});
