import { join } from "node:path";
import type { Browser } from "playwright-core";
import { tokens } from "../../src/view";
import { REPOSITORY } from "../repository";
import { runCommand } from "../run-command";
import type { Theme } from "./browser";

const SIZE = { columns: 100, rows: 200 } as const;
const MARGIN = 18;

/** Which lines of a terminal's screen a picture shows: from the last one that holds `from` to before the next that holds `to`. */
export interface Excerpt {
  readonly from: string;
  readonly to: string;
}

/** The demo, and the part of it that the README shows: the last card and the tables. */
export const DEMO = {
  command: [process.execPath, "node_modules/trackbook/dist/cli/index.js", "demo"],
  from: "penguin species  tfjs.Sequential",
  to: "The runs are in",
} as const;

/** What a command writes to a terminal with colours, byte for byte. */
export function captureTerminal(python: string, command: readonly string[], cwd: string): Promise<string> {
  const size = [String(SIZE.columns), String(SIZE.rows)];
  return runCommand(python, [join(__dirname, "pty_capture.py"), ...size, ...command], {
    cwd,
    env: { TERM: "xterm-256color", COLORTERM: "truecolor", FORCE_COLOR: "1" },
  });
}

/** A picture of what a terminal shows after it was sent `output`: drawn by xterm.js, in the package's own colours. */
export async function captureScreen(browser: Browser, output: string, theme: Theme, excerpt: Excerpt): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 4200 }, deviceScaleFactor: 2 });
  const colours = tokens[theme];
  try {
    await page.setContent(
      `<!doctype html><body style="margin:0;background:${colours.surface}"><div style="width:max-content"><div style="padding:20px" id="screen"></div></div>`,
    );
    await page.addStyleTag({ path: xtermFile("css/xterm.css") });
    await page.addScriptTag({ path: xtermFile("lib/xterm.js") });
    await page.addScriptTag({ path: join(__dirname, "draw-screen.js") });
    const [first, last] = await page.evaluate(
      (drawing) => (globalThis as unknown as ScreenWindow).drawScreen(drawing),
      { output, excerpt, size: SIZE, theme: themeOf(colours) },
    );
    const screen = await page.locator(".xterm-rows").boundingBox();
    if (!screen) throw new Error("the terminal was not drawn");
    const row = screen.height / SIZE.rows;
    const above = first * row;
    const height = (last - first) * row;
    await page.addStyleTag({
      content: `.xterm-rows { clip-path: inset(${above}px 0 ${screen.height - above - height}px) }`,
    });
    return await page.screenshot({
      clip: { x: 0, y: screen.y + above - MARGIN, width: screen.width + 2 * screen.x, height: height + 2 * MARGIN },
    });
  } finally {
    await page.close();
  }
}

const xtermFile = (path: string): string => join(REPOSITORY, "node_modules/@xterm/xterm", path);

function themeOf({ surface, ink, accent, good, bad, warning, muted }: tokens.Palette) {
  return {
    background: surface,
    foreground: ink,
    cursor: surface,
    blue: accent,
    green: good,
    red: bad,
    yellow: warning,
    brightBlack: muted,
  };
}

/** What draw-screen.js adds to the page. */
interface ScreenWindow {
  drawScreen(drawing: object): Promise<readonly [first: number, after: number]>;
}
