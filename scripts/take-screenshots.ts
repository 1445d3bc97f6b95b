/**
 * Takes the pictures of the README: the quickstart notebook, executed in a real JupyterLab, and the demo in a terminal,
 * each in a light and a dark theme.
 *
 * npm run screenshots [-- FOLDER]
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import type { Jupyter } from "./notebooks/execute";
import { createNotebookFolder } from "./notebooks/notebook-folder";
import { chromium } from "./parts/chromium";
import { python } from "./parts/python";
import { tslab } from "./parts/tslab";
import { REPOSITORY } from "./repository";
import { launchBrowser, THEMES } from "./screenshots/browser";
import { startJupyterLab } from "./screenshots/jupyter-lab";
import { captureCells, QUICKSTART, runNotebookInLab } from "./screenshots/notebook-page";
import { captureScreen, captureTerminal, DEMO } from "./screenshots/terminal-page";

async function takeScreenshots(folder: string): Promise<void> {
  const parts = { ...python.find(), ...tslab.find(), ...chromium.find() };
  const { jupyter, jupyterPath, python: pythonCommand, chromium: executable } = parts;
  if (!jupyter || !jupyterPath || !pythonCommand || !executable)
    throw new Error("parts are missing: npm run prepare-tests");

  mkdirSync(folder, { recursive: true });
  const users = createNotebookFolder();
  const browser = await launchBrowser(executable);
  try {
    await takeNotebook(browser, folder, users, { jupyter, jupyterPath });
    await takeDemo(browser, folder, users, pythonCommand);
  } finally {
    await browser.close();
    rmSync(users, { recursive: true, force: true });
  }
}

async function takeNotebook(browser: Browser, folder: string, users: string, jupyter: Jupyter): Promise<void> {
  const lab = await startJupyterLab(users, jupyter);
  try {
    const notebook = await runNotebookInLab(browser, lab, QUICKSTART.name);
    for (const theme of THEMES) {
      await notebook.setTheme(theme);
      write(folder, `quickstart-${theme}.png`, await captureCells(notebook.page, QUICKSTART.from, QUICKSTART.to));
    }
  } finally {
    await lab.stop();
  }
}

async function takeDemo(browser: Browser, folder: string, users: string, pythonCommand: string): Promise<void> {
  const output = await captureTerminal(pythonCommand, DEMO.command, users);
  for (const theme of THEMES) write(folder, `demo-${theme}.png`, await captureScreen(browser, output, theme, DEMO));
}

function write(folder: string, name: string, picture: Buffer): void {
  writeFileSync(join(folder, name), picture);
  console.log(`${name}: ${Math.round(picture.length / 1000)} kB`);
}

takeScreenshots(resolve(process.argv[2] ?? join(REPOSITORY, "docs/images"))).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
