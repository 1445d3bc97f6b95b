import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { render, runCardView, runComparisonView, runTableView, stylesheet } from "../../../src/view";
import { galleryCases, NOW, runCards, runComparisons, runTables } from "./cases";

const FOLDER = join(__dirname, "golden");
const isUpdate = process.env.UPDATE_GOLDEN === "1";
mkdirSync(FOLDER, { recursive: true });

const seen = new Set<string>();

/** Compares with a golden file; `UPDATE_GOLDEN=1` writes it instead. */
function expectGolden(name: string, actual: string): void {
  seen.add(name);
  const file = join(FOLDER, name);
  if (isUpdate) {
    writeFileSync(file, `${actual}\n`);
  }
  expect(existsSync(file), `${name} is missing; write it with UPDATE_GOLDEN=1`).toBe(true);
  expect(`${actual}\n`).toBe(readFileSync(file, "utf8"));
}

// A line per element shows in a diff what changed; the stylesheet has a file of its own.
function legible(html: string): string {
  return html.replace(stylesheet, "").replace(/(<\/(?:tr|header|footer|details|div|p|section)>)/g, "$1\n");
}

describe("what people see stays as it was agreed", () => {
  for (const { name, text, html, svg } of galleryCases(NOW)) {
    it(name, () => {
      expectGolden(`${name}.txt`, text);
      expectGolden(`${name}.html`, legible(html));
      if (svg !== undefined) {
        expectGolden(`${name}.svg`, svg);
      }
    });
  }

  it("in a narrow terminal", () => {
    const narrow = { now: NOW, width: 44 };
    const texts = [
      ...["finished", "long-name", "wide-characters", "nan"].map((name) =>
        runCardView.text(runCards[name] ?? fail(name), narrow),
      ),
      runTableView.text(runTables.penguins ?? fail("penguins"), narrow),
      runComparisonView.text(runComparisons.penguins ?? fail("penguins"), narrow),
    ];
    expectGolden("narrow-terminal.txt", texts.join("\n\n———\n\n"));
  });

  it("in a terminal with colours", () => {
    const colored = { now: NOW, color: true };
    const texts = [
      runCardView.text(runCards.training ?? fail("training"), colored),
      runTableView.text(runTables.penguins ?? fail("penguins"), colored),
    ];
    expectGolden("colored-terminal.txt", texts.join("\n\n"));
  });

  it("in the stylesheet", () => {
    expectGolden("stylesheet.css", stylesheet.replaceAll("}", "}\n"));
  });

  it("and no golden file is left over from a case that is gone", () => {
    expect(readdirSync(FOLDER).filter((name) => !seen.has(name))).toEqual([]);
  });
});

it("the same description renders the same, whenever and however often", () => {
  const card = runCards.finished ?? fail("finished");
  expect(render(runCardView, card, { now: NOW })).toEqual(render(runCardView, card, { now: NOW }));
});

function fail(name: string): never {
  throw new Error(`no case ${name}`);
}
