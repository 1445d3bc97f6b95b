import type { Browser, Page } from "playwright-core";
import type { Theme } from "./browser";
import type { JupyterLab } from "./jupyter-lab";

const SIZE = { width: 1000, height: 4000 } as const;
const DEADLINE_MS = 120_000;
const JUPYTER_THEMES = { light: "JupyterLab Light", dark: "JupyterLab Dark" } as const;

/** The notebook, and the cells of it that the README shows: a training's card, something logged by hand, the table. */
export const QUICKSTART = {
  name: "quickstart.ipynb",
  from: "const history = await network.fit",
  to: "await searchRuns();",
} as const;

/** What JupyterLab exposes of itself when asked to. */
interface LabWindow {
  readonly jupyterapp?: {
    readonly commands: { execute(command: string, args?: object): Promise<unknown> };
    readonly shell: { readonly currentWidget?: { readonly context?: { readonly sessionContext?: SessionContext } } };
  };
}

interface SessionContext {
  readonly isReady: boolean;
  readonly session?: { readonly kernel?: { readonly status: string } };
}

/** A notebook open in JupyterLab, executed there. */
export interface NotebookPage {
  readonly page: Page;
  /** What the page has complained of on its console. */
  readonly complaints: readonly string[];
  setTheme(theme: Theme): Promise<void>;
}

// Texts and no functions: the DOM's types would be everywhere in this project.
const NOTHING_COVERS_THE_PAGE = `!document.getElementById("jupyterlab-splash")`;
const ALL_CELLS_ARE_DONE = `[...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].every(({ textContent }) =>
  /\\[\\d+\\]/.test(textContent))`;

/** Opens a notebook that holds no outputs yet, without JupyterLab's panels around it, and runs all of its cells. */
export async function runNotebookInLab(browser: Browser, lab: JupyterLab, name: string): Promise<NotebookPage> {
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 2 });
  page.setDefaultTimeout(DEADLINE_MS);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));

  await page.goto(`${lab.url}/doc/tree/${name}`);
  // Cells that run before there is a kernel bring up the question which one.
  await page.waitForFunction(() => {
    const session = (globalThis as unknown as LabWindow).jupyterapp?.shell.currentWidget?.context?.sessionContext;
    return session?.isReady && session.session?.kernel?.status === "idle";
  });
  await execute(page, "notebook:run-all-cells");
  await page.waitForFunction(ALL_CELLS_ARE_DONE);
  return {
    page,
    complaints,
    async setTheme(theme) {
      await execute(page, "apputils:change-theme", { theme: JUPYTER_THEMES[theme] });
      await page.locator(`body[data-jp-theme-light="${theme === "light"}"]`).waitFor({ state: "attached" });
      await page.evaluate("document.fonts.ready.then(() => undefined)");
      // While a theme is loaded JupyterLab draws a veil over the page, which then fades.
      await page.waitForFunction(NOTHING_COVERS_THE_PAGE);
    },
  };
}

/** Begins one of JupyterLab's commands. */
function execute(page: Page, command: string, args: object = {}): Promise<void> {
  return page.evaluate(
    ([id, options]) => {
      // Not waited for: some commands resolve when a person has answered a question.
      void (globalThis as unknown as LabWindow).jupyterapp?.commands.execute(id, options);
    },
    [command, args] as const,
  );
}

/** A picture of the notebook from the cell that holds the text `from` to the one that holds `to`, across its full width. */
export async function captureCells(page: Page, from: string, to: string): Promise<Buffer> {
  const first = await boxOf(page, from);
  const last = await boxOf(page, to);
  const y = Math.floor(first.y);
  return page.screenshot({ clip: { x: first.x, y, width: first.width, height: Math.ceil(last.y + last.height) - y } });
}

async function boxOf(page: Page, text: string) {
  const cell = page.locator(".jp-Notebook .jp-Cell", { hasText: text }).first();
  const box = await cell.boundingBox();
  if (!box) throw new Error(`no cell with the text ${text} is in sight`);
  return box;
}
