import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { dark, light } from "../../src/view";
import { REPOSITORY } from "../repository";
import { runCommand } from "../run-command";
import type { Theme } from "./browser";

const SIZE = { columns: 100, rows: 200 } as const;

/** Which lines of a terminal's screen a picture shows: from the last one that holds `from` to before the next that holds `to`. */
export interface Excerpt {
  readonly from: string;
  readonly to: string;
}

/** The demo, and the part of it that the README shows: the last card and the tables. */
export const DEMO = {
  command: [join(REPOSITORY, "node_modules/.bin/tsx"), join(REPOSITORY, "examples/demo/demo.ts")],
  from: "penguin species  tfjs.Sequential",
  to: "The runs are in",
} as const;

/** What a command writes to a terminal with colours, byte for byte. */
export function captureTerminal(python: string, command: readonly string[], cwd = REPOSITORY): Promise<string> {
  const size = [String(SIZE.columns), String(SIZE.rows)];
  return runCommand(python, [join(__dirname, "pty_capture.py"), ...size, ...command], {
    cwd,
    env: { TERM: "xterm-256color", COLORTERM: "truecolor", FORCE_COLOR: "1" },
  });
}

/** A picture of what a terminal shows after it was sent `output`: drawn by xterm.js, in the package's own colours. */
export async function captureScreen(browser: Browser, output: string, theme: Theme, excerpt: Excerpt): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 4200 }, deviceScaleFactor: 2 });
  const colours = theme === "dark" ? dark : light;
  try {
    await page.setContent(
      `<!doctype html><body style="margin:0;background:${colours.surface}"><div style="width:max-content"><div style="padding:16px 20px" id="screen"></div></div>`,
    );
    await page.addStyleTag({ content: readFileSync(xtermFile("css/xterm.css"), "utf8") });
    await page.addScriptTag({ content: readFileSync(xtermFile("lib/xterm.js"), "utf8") });
    const [first, last] = await page.evaluate(drawScreen, { output, excerpt, size: SIZE, theme: themeOf(colours) });
    const screen = await page.locator(".xterm-rows").boundingBox();
    if (!screen) throw new Error("the terminal was not drawn");
    const row = screen.height / SIZE.rows;
    return await page.screenshot({
      clip: {
        x: 0,
        y: screen.y + first * row - 16,
        width: screen.width + 40,
        height: (last - first) * row + 32,
      },
    });
  } finally {
    await page.close();
  }
}

const xtermFile = (path: string): string => join(REPOSITORY, "node_modules/@xterm/xterm", path);

function themeOf({ surface, ink, accent, good, bad, warning, muted }: typeof light) {
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

interface Drawing {
  readonly output: string;
  readonly excerpt: Excerpt;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly theme: object;
}

/** Runs in the page. Returns the excerpt's first row and the one after its last. */
async function drawScreen({ output, excerpt, size, theme }: Drawing): Promise<readonly [number, number]> {
  const { Terminal } = globalThis as unknown as { Terminal: new (options: object) => XtermTerminal };
  const terminal = new Terminal({
    cols: size.columns,
    rows: size.rows,
    fontFamily: "DejaVu Sans Mono, monospace",
    fontSize: 13,
    lineHeight: 1.25,
    theme,
    convertEol: true,
    minimumContrastRatio: 4.5,
    cursorInactiveStyle: "none",
  });
  terminal.open(document.getElementById("screen") as HTMLElement);
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const lines = Array.from({ length: size.rows }, (_, y) => terminal.buffer.active.getLine(y)?.translateToString() ?? "");
  const first = lines.findLastIndex((line) => line.includes(excerpt.from));
  const after = lines.findIndex((line, y) => y > first && line.includes(excerpt.to));
  if (first < 0 || after < 0) throw new Error(`nothing from ${excerpt.from} to ${excerpt.to} in:\n${lines.join("\n")}`);
  const blanks = lines.slice(first, after).reverse().findIndex((line) => line.trim() !== "");
  return [first, after - blanks];
}

/** What is used of https://xtermjs.org/docs/api/terminal/classes/terminal/ */
interface XtermTerminal {
  open(element: HTMLElement): void;
  write(data: string, done: () => void): void;
  readonly buffer: { readonly active: { getLine(y: number): { translateToString(): string } | undefined } };
}
