/**
 * Renders every case of tests/unit/view/cases/ into pages to look at, light and dark, each case wide beside
 * narrow, and takes their screenshots with a headless Chromium.
 *
 * npx tsx scripts/view-gallery.ts [FOLDER] [CASE …]
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type GalleryCase, galleryCases, NOW } from "../tests/unit/view/cases";

const CASES_PER_SHEET = 4;
const SHEET = { width: 1268, height: 1500 } as const;
const CHROMIUM_FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars";

const [folder = "gallery", ...wanted] = process.argv.slice(2);
const out = resolve(folder);
mkdirSync(out, { recursive: true });

const rendered = galleryCases(NOW).filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);

for (let from = 0; from < rendered.length; from += CASES_PER_SHEET) {
  for (const theme of ["light", "dark"]) {
    const sheet = `${theme}-${1 + from / CASES_PER_SHEET}`;
    const page = join(out, `${sheet}.html`);
    writeFileSync(page, pageHtml(rendered.slice(from, from + CASES_PER_SHEET), theme));
    screenshot(page, join(out, `${sheet}.png`));
  }
}
writeFileSync(join(out, "text.txt"), rendered.map(({ name, text }) => `── ${name}\n${text}\n`).join("\n"));
for (const { name, svg } of rendered) {
  if (svg !== undefined) {
    writeFileSync(join(out, `${name}.svg`), svg);
  }
}
process.stdout.write(`${rendered.length} cases in ${out}\n`);

function pageHtml(cases: readonly GalleryCase[], theme: string): string {
  const background = theme === "dark" ? "#111418" : "#ffffff";
  const columns = cases.map(({ name, html }) => `<p>${name}</p><div>${html}</div><div>${html}</div>`).join("\n");
  return `<!doctype html><meta charset="utf-8"><title>trackbook views</title><style>
body{margin:16px;background:${background};display:grid;grid-template-columns:860px 340px;gap:0 36px}
body>p{grid-column:1/-1;margin:14px 0 4px;font:11px system-ui;color:#888}</style><body data-theme="${theme}">${columns}</body>`;
}

function screenshot(page: string, picture: string): void {
  const profile = mkdtempSync(join(tmpdir(), "trackbook-gallery-"));
  const args = [
    `--user-data-dir=${profile}`,
    `--screenshot=${picture}`,
    `--window-size=${SHEET.width},${SHEET.height}`,
    `file://${page}`,
  ];
  execFileSync(process.env.CHROMIUM ?? "/usr/bin/chromium", [...CHROMIUM_FLAGS.split(" "), ...args], {
    stdio: "ignore",
  });
}
