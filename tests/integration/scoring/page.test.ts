import { rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, THEMES } from "../../../scripts/screenshots/browser";
import { describeWithParts } from "../../support/parts";
import { textContrasts } from "../notebooks/text-contrast";
import { folderOfModels, startServing } from "./served-process";

describeWithParts(["chromium"], "the page to try a model", ({ chromium: { chromium } }) => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = await folderOfModels();
    browser = await launchBrowser(chromium);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("predicts from fields, and from a request; says what is wrong; loads nothing and runs nothing", async () => {
    const { url } = await startServing(folder, ["-m", "linear"]);
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url);
    expect(await page.title()).toBe("linear · trackbook");
    await page.locator("input[name=c0]").fill("1");
    await page.locator("input[name=c1]").fill("2");
    await page.getByRole("button", { name: "Predict" }).first().click();
    expect(await page.getByRole("status").innerText()).toMatch(/✓ prediction\s+(9|8\.99)/);
    expect(await page.locator("pre").last().innerText()).toContain(
      '{"dataframe_split":{"columns":["a","b"],"data":[[1,2]]}}',
    );

    await page.getByText("or write the request").click();
    await page.getByRole("textbox").last().fill('{"inputs": {"a": [1, 2], "b": [3]}}');
    await page.getByRole("button", { name: "Predict" }).last().click();
    expect(await page.getByRole("alert").innerText()).toMatch(/✕ refused\s+400\s+The inputs differ in length/);
    expect(await page.locator("script, img, iframe").count()).toBe(0);
    expect(new Set(asked.map((one) => new URL(one).origin))).toEqual(new Set([url]));
    // Chromium itself tells of the 400.
    expect(complaints.filter((text) => !text.includes("status of 400"))).toEqual([]);
    await page.close();
  });

  test.each(THEMES)("every text can be read in the %s theme, wide and narrow", async (theme) => {
    const { url } = await startServing(folder, ["-m", "network"]);
    for (const width of [1000, 360]) {
      const page = await browser.newPage({ colorScheme: theme, viewport: { width, height: 800 }, bypassCSP: true });
      await page.goto(url);
      await page.getByRole("button").click();
      await page.getByRole("status").waitFor();
      const texts = await textContrasts(page, "main, main *");
      expect(texts.length).toBeGreaterThan(15);
      expect(texts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      await page.close();
    }
  });
});

const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
