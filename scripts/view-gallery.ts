/**
 * Renders every case of tests/unit/view/cases.ts into pages to look at, light and dark, wide and narrow, and takes their
 * screenshots with a headless Chromium.
 *
 * npx tsx scripts/view-gallery.ts [FOLDER] [CASE …]
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { galleryCases, NOW } from "../tests/unit/view/cases";

const WIDTHS = { wide: 904, narrow: 340 } as const;
const CHROMIUM_FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars";

const [folder = "gallery", ...wanted] = process.argv.slice(2);
const out = resolve(folder);
mkdirSync(out, { recursive: true });

const rendered = galleryCases(NOW).filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

for (const [layout, width] of Object.entries(WIDTHS)) {
  for (const theme of ["light", "dark"]) {
    const outputs = rendered.map(({ name, html }) => `<p class="case">${name}</p>${html}`).join("\n");
    const page = join(out, `${layout}-${theme}.html`);
    writeFileSync(page, pageHtml(outputs, theme));
    screenshot(page, join(out, `${layout}-${theme}.png`), width, heightFor(layout));
  }
}
writeFileSync(join(out, "text.txt"), rendered.map(({ name, text }) => `── ${name}\n${text}\n`).join("\n"));
for (const { name, svg } of rendered) {
  if (svg !== undefined) {
    writeFileSync(join(out, `${name}.svg`), svg);
  }
}
process.stdout.write(`${rendered.length} cases in ${out}\n`);

function pageHtml(outputs: string, theme: string): string {
  const background = theme === "dark" ? "#111418" : "#ffffff";
  return `<!doctype html><meta charset="utf-8"><title>trackbook views</title><style>body{margin:16px;background:${background}}
.case{margin:18px 0 6px;font:11px system-ui;color:#888}</style><body data-theme="${theme}">${outputs}</body>`;
}

function heightFor(layout: string): number {
  return Math.max(500, rendered.length * (layout === "narrow" ? 620 : 400));
}

function screenshot(page: string, picture: string, width: number, height: number): void {
  const profile = mkdtempSync(join(tmpdir(), "trackbook-gallery-"));
  const args = [`--user-data-dir=${profile}`, `--screenshot=${picture}`, `--window-size=${width},${height}`, `file://${page}`];
  execFileSync(process.env.CHROMIUM ?? "/usr/bin/chromium", [...CHROMIUM_FLAGS.split(" "), ...args], { stdio: "ignore" });
}
