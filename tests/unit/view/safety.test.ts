import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  confusionMatrixView,
  metricChartView,
  modelCardView,
  modelVersionView,
  type Rendered,
  type RunCard,
  registeredModelView,
  render,
  runCardView,
  runComparisonView,
  runTableView,
  singleLine,
  stylesheet,
} from "../../../src/view";
import { galleryCases, NOW, runCards } from "./cases";
import { parseMarkup } from "./well-formed";
import { samples } from "../../support/samples";

const ALLOWED = new Set(
  (
    "div style section header footer span b i p a code pre dl dt dd details summary table thead tbody tr th td wbr " +
    "svg title desc rect path line text tspan"
  ).split(" "),
);
const STEERING = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const options = { now: NOW };
const gallery = galleryCases(NOW);

function isHarmless(attribute: string, value: string): boolean {
  switch (attribute) {
    case "href":
      return /^https?:/.test(value);
    case "style":
      return /^(?:width:[\d.]+%|height:\d+px|--v:\d+%)$/.test(value);
    case "d":
    case "x":
    case "y":
    case "y1":
      return !/NaN|Infinity|undefined/.test(value);
    default:
      return !/^on|^src|:href$/.test(attribute);
  }
}

function expectHarmless({ text, html, svg }: Rendered): void {
  for (const source of [html, ...(svg === undefined ? [] : [svg])]) {
    const { elements } = parseMarkup(source);
    const offences = elements.flatMap(({ name, attributes }) => [
      ...(ALLOWED.has(name) ? [] : [name]),
      ...[...attributes].filter(([attribute, value]) => !isHarmless(attribute, value)).map((pair) => pair.join("=")),
    ]);
    expect(offences).toEqual([]);
    expect(source).not.toMatch(/<script|@import|url\(|@font-face/i);
  }
  expect(text).not.toMatch(STEERING);
}

// What people might log, and what somebody might log on purpose.
const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "<img onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onload='alert(1)",
    "</style><script>",
    "</title><script>",
    "]]>",
    "&lt;b&gt;",
    "\u001b[31mred\u001b[0m",
    "\u001b]8;;http://x\u0007link",
    "\u202egnp.exe",
    "at line 1\n\rover it",
    "\ud800",
    "__proto__",
    "",
  ),
);
const record = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.array(fc.tuple(value, of), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));
const points = fc
  .array(fc.record({ step: fc.integer(), value: fc.double() }), { maxLength: 8 })
  .map((list) => [...list].sort((a, b) => a.step - b.step));
const status = fc.constantFrom(
  "RUNNING" as const,
  "FINISHED" as const,
  "FAILED" as const,
  "KILLED" as const,
  "SCHEDULED" as const,
);

describe("whatever was logged is text everywhere", () => {
  it("in every case of the gallery", () => {
    for (const rendered of gallery) {
      expectHarmless(rendered);
    }
  });

  it("in run cards", () => {
    const card: fc.Arbitrary<RunCard> = fc.record({
      runId: value,
      name: value,
      experiment: value,
      status,
      estimator: value,
      metrics: fc.array(fc.record({ key: value, points }), { maxLength: 3 }),
      params: fc.array(fc.tuple(value, value), { maxLength: 20 }),
      data: value,
      notes: fc.array(fc.record({ text: value }), { maxLength: 2 }),
      error: value,
      model: fc.record({ name: value, flavor: value, signature: value, path: value }),
      artifacts: fc.array(value, { maxLength: 8 }),
      store: value,
      source: value,
      link: fc.record({ href: value, command: value }),
    });
    fc.assert(
      fc.property(card, (description) => expectHarmless(render(runCardView, description, options))),
      { numRuns: samples(60) },
    );
  });

  it("in tables and comparisons", () => {
    const run = fc.record({
      runId: value,
      name: value,
      status,
      estimator: value,
      href: value,
      params: record(value),
      metrics: record(fc.double()),
      histories: record(points),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), value, (rows, title) => {
        expectHarmless(render(runTableView, { title, rows, order: title, moreCall: title, total: 99 }, options));
        expectHarmless(render(runComparisonView, { title, runs: rows }, options));
      }),
      { numRuns: samples(50) },
    );
  });

  it("in pictures and model cards", () => {
    fc.assert(
      fc.property(value, value, points, fc.boolean(), (key, name, history, logScale) => {
        expectHarmless(
          render(metricChartView, { key, logScale, stepUnit: name, series: [{ name, points: history }] }, options),
        );
        expectHarmless(render(confusionMatrixView, { title: key, labels: [name, key], counts: [[1, 2]] }, options));
        expectHarmless(render(modelCardView, { name, path: key, signature: key, modelId: key }, options));
        const version = {
          name,
          version: 1,
          aliases: [key],
          source: key,
          tags: [[key, name] as const],
          createdTime: NOW,
        };
        expectHarmless(render(modelVersionView, version, options));
        expectHarmless(
          render(
            registeredModelView,
            {
              name,
              description: key,
              tags: version.tags,
              aliases: [[key, 1]],
              latestVersions: [version],
              lastUpdateTime: 1,
            },
            options,
          ),
        );
      }),
      { numRuns: samples(50) },
    );
  });

  it("and is still all there to read", () => {
    const name = '<img src=x onerror="alert(1)">';
    const { html } = render(runCardView, { ...(runCards.training as RunCard), name, params: [[name, "<b>"]] }, options);
    const { text, elements } = parseMarkup(html);
    expect(text.split(name)).toHaveLength(3);
    expect(elements.some(({ attributes }) => attributes.get("title") === name)).toBe(true);
  });

  it("and cannot steer a terminal", () => {
    expect(singleLine("a\u001b[31mb\u001b]0;title\u0007c\r\nd\te\u009b2Jf")).toBe("abc d ef");
  });
});

describe("an output stays small and self-contained", () => {
  it("every output is below 50 KB", () => {
    for (const { name, html, svg = "" } of gallery) {
      expect(Buffer.byteLength(html), name).toBeLessThan(50_000);
      expect(Buffer.byteLength(svg), name).toBeLessThan(name.includes("40-classes") ? 500_000 : 50_000);
    }
  });

  it("also with 60 long metrics, 300 long params and an endless error", () => {
    const card: RunCard = {
      ...(runCards.training as RunCard),
      metrics: Array.from({ length: 60 }, (_, index) => ({
        key: `${"<&>".repeat(80)}${index}`,
        points: Array.from({ length: 3000 }, (_point, step) => ({ step, value: Math.sin(step * (index + 1)) * 1e5 })),
      })),
      params: Array.from({ length: 300 }, (_, index) => [`${"'".repeat(240)}${index}`, "値".repeat(6000)] as const),
      error: `Error: ${"<".repeat(100_000)}\n${"&".repeat(100_000)}`,
      artifacts: Array.from({ length: 900 }, (_, index) => `folder/${"深".repeat(90)}${index}`),
      status: "FAILED",
    };
    expect(Buffer.byteLength(render(runCardView, card, options).html)).toBeLessThan(50_000);
  });

  it("the stylesheet is below 4 KB, once per output, and says nothing about the page around it", () => {
    expect(Buffer.byteLength(stylesheet)).toBeLessThan(4096);
    for (const { html } of gallery) {
      expect(html.split("<style>")).toHaveLength(2);
      expect(html.startsWith('<div class="trackbook">')).toBe(true);
    }
    expect(topLevelSelectors(stylesheet).length).toBeGreaterThan(0);
    for (const selector of topLevelSelectors(stylesheet)) {
      expect(selector).toMatch(/\.trackbook\.trackbook$/);
    }
  });
});

// Selectors outside of any rule, at-rules entered.
function topLevelSelectors(css: string): readonly string[] {
  const selectors: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < css.length; index++) {
    if (css[index] === "{") {
      const prelude = css.slice(start, index);
      const isAtRule = prelude.startsWith("@");
      if (depth === 0 && !isAtRule) {
        selectors.push(prelude);
      }
      depth += isAtRule && depth === 0 ? 0 : 1;
      start = index + 1;
    } else if (css[index] === "}") {
      depth = Math.max(0, depth - 1);
      start = index + 1;
    }
  }
  return selectors;
}
