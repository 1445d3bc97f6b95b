import { type Browser, chromium } from "playwright-core";

/** The themes that every picture is taken in. */
export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless Chromium from the machine, with the flags that root and containers need. */
export function launchBrowser(executable: string): Promise<Browser> {
  return chromium.launch({ executablePath: executable, args: FLAGS });
}
