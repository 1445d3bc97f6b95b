import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNotebookFolder } from "../../../scripts/notebooks/notebook-folder";
import { REPOSITORY } from "../../../scripts/repository";
import { launchBrowser, THEMES } from "../../../scripts/screenshots/browser";
import { type JupyterLab, startJupyterLab } from "../../../scripts/screenshots/jupyter-lab";
import {
  captureCells,
  type NotebookPage,
  QUICKSTART,
  runNotebookInLab,
} from "../../../scripts/screenshots/notebook-page";
import { captureScreen, captureTerminal, DEMO } from "../../../scripts/screenshots/terminal-page";
import { describeWithParts } from "../../support/parts";
import { textContrasts } from "./text-contrast";

describe("the pictures of the README", () => {
  test.each(["quickstart-light", "quickstart-dark", "demo-light", "demo-dark"])(
    "%s is there, sharp and light",
    (name) => {
      const file = join(REPOSITORY, "docs/images", `${name}.png`);
      expect(existsSync(file), `npm run screenshots makes ${name}.png`).toBe(true);
      expect(statSync(file).size).toBeLessThan(400_000);
      expectPicture(readFileSync(file), name.endsWith("dark") ? "dark" : "light");
    },
  );
});

describeWithParts(["python", "tslab", "chromium"], "in a real JupyterLab", ({ python, tslab, chromium }) => {
  let folder: string;
  let lab: JupyterLab;
  let browser: Browser;
  let notebook: NotebookPage;

  beforeAll(async () => {
    folder = createNotebookFolder();
    browser = await launchBrowser(chromium.chromium);
    lab = await startJupyterLab(folder, { ...python, ...tslab });
    notebook = await runNotebookInLab(browser, lab, QUICKSTART.name);
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the quickstart runs, and each training has its card with its curves", async () => {
    const { page } = notebook;
    const cards = page.locator(".jp-OutputArea-output .trackbook .card");
    expect(await cards.allInnerTexts()).toHaveLength(5);
    expect(await page.locator(".trackbook svg.spark").count()).toBeGreaterThanOrEqual(8);
    expect(await page.locator(".trackbook .state").allInnerTexts()).toEqual(Array(7).fill("✓ finished"));
  });

  test("the output holds no script and loads nothing, and the page complains of nothing", async () => {
    const { page, complaints } = notebook;
    expect(await page.locator(".jp-OutputArea :is(script, link, iframe, img)").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  describe.each(THEMES)("in the %s theme", (theme) => {
    beforeAll(() => notebook.setTheme(theme));

    test("every text of a card and of the table can be read", async () => {
      const texts = await textContrasts(notebook.page, ".trackbook .card, .trackbook .card *");
      expect(texts.length).toBeGreaterThan(100);
      expect(texts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    });

    test("the picture shows it", async () => {
      expectPicture(await captureCells(notebook.page, QUICKSTART.from, QUICKSTART.to), theme);
    });
  });

  test("the demo's picture is what its terminal shows", async () => {
    const output = await captureTerminal(python.python, DEMO.command, folder);
    for (const theme of THEMES) expectPicture(await captureScreen(browser, output, theme, DEMO), theme);
  });
});

/** Of a size to read, mostly in the theme's background, and with a share of other pixels that text and curves have. */
function expectPicture(bytes: Buffer, theme: (typeof THEMES)[number]): void {
  const { width, height, data } = PNG.sync.read(bytes);
  expect(width).toBeGreaterThan(1400);
  expect(height).toBeGreaterThan(800);
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const brightness = Math.round(
      (data.readUIntBE(at, 1) + data.readUIntBE(at + 1, 1) + data.readUIntBE(at + 2, 1)) / 3,
    );
    counts.set(brightness, (counts.get(brightness) ?? 0) + 1);
  }
  const [background = 0, area = 0] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  if (theme === "light") expect(background).toBeGreaterThan(240);
  else expect(background).toBeLessThan(40);
  expect(area / (width * height)).toBeLessThan(0.97);
  expect(counts.size).toBeGreaterThan(50);
}
