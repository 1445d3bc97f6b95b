import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  directionOf,
  displayWidth,
  downsample,
  formatAbsoluteTime,
  formatBytes,
  formatColumn,
  formatCount,
  formatDuration,
  formatNumber,
  formatRelativeTime,
  padToWidth,
  runCardView,
  runComparisonView,
  runTableView,
  summarizeHistory,
  tokens,
  truncateMiddle,
  truncateToWidth,
  wrapText,
} from "../../../src/view";

describe("numbers are short and never wrong", () => {
  it.each([
    [0.08352, "0.08352"],
    [0.1352499, "0.1352"],
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [32, "32"],
    [1234.5678, "1235"],
    [12345.678, "1.235e4"],
    [250_000, "250000"],
    [1_000_000, "1000000"],
    [0.000012, "1.2e-5"],
    [0.0001, "0.0001"],
    [-0.5, "-0.5"],
    [1e21, "1e21"],
    [Number.MAX_VALUE, "1.798e308"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "-∞"],
  ])("%d is %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it("any number has at most four significant digits and is off by less than one part in a thousand", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e308, max: 1e308 }), (value) => {
        const text = formatNumber(value);
        const digits = text.replace(/e.*$/, "").replace(/[-.]/g, "").replace(/^0+/, "");
        expect(digits.replace(/0+$/, "").length).toBeLessThanOrEqual(4);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.0005 + Number.MIN_VALUE);
      }),
    );
  });

  it("a column has its decimal points below each other", () => {
    expect(formatColumn([0.095, 0.1352, undefined, 0.991])).toEqual(["0.0950", "0.1352", undefined, "0.9910"]);
    expect(formatColumn([12.9, 4.5667])).toEqual(["12.90", "4.57"]);
    expect(formatColumn([100, 25])).toEqual(["100", "25"]);
  });

  it("unless that would hide a small one", () => {
    expect(formatColumn([18.676616, 0.6926])).toEqual(["18.68", "0.6926"]);
    expect(formatColumn([0.5, 1.2e-5])).toEqual(["0.5", "1.2e-5"]);
  });

  it.each([
    [999, "999"],
    [1204, "1204"],
    [12_004, "12\u202f004"],
    [1_204_000, "1\u202f204\u202f000"],
  ])("the count %d is %s", (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

describe("times and sizes read at a glance", () => {
  it.each([
    [0, "0 ms"],
    [3, "3 ms"],
    [99.4, "99 ms"],
    [99.5, "0.10 s"],
    [412, "0.41 s"],
    [994.9, "0.99 s"],
    [995, "1.0 s"],
    [3104, "3.1 s"],
    [9949, "9.9 s"],
    [9950, "10 s"],
    [59_499, "59 s"],
    [59_500, "1 min"],
    [192_000, "3 min 12 s"],
    [3_599_600, "1 h"],
    [7_500_000, "2 h 5 min"],
    [86_400_000, "1 d"],
    [273_600_000, "3 d 4 h"],
    [-5, "0 ms"],
    [Number.NaN, "—"],
  ])("%d ms is %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  const now = Date.UTC(2026, 10, 22, 9, 40, 39);
  it.each([
    [now - 3000, "just now"],
    [now - 44_000, "just now"],
    [now - 60_000, "1 min ago"],
    [now - 300_000, "5 min ago"],
    [now - 59.6 * 60_000, "1 h ago"],
    [now - 3 * 3_600_000, "3 h ago"],
    [now - 24 * 3_600_000, "1 day ago"],
    [now - 9 * 86_400_000, "9 days ago"],
    [now - 21 * 86_400_000, "3 weeks ago"],
    [now - 100 * 86_400_000, "3 months ago"],
    [now - 800 * 86_400_000, "2 years ago"],
    [now + 3 * 3_600_000, "in 3 h"],
  ])("%d is %s", (time, text) => {
    expect(formatRelativeTime(time, now)).toBe(text);
  });

  it("an absolute time is the same on every machine", () => {
    expect(formatAbsoluteTime(now)).toBe("2026-11-22 09:40:39 UTC");
    expect(formatAbsoluteTime(Number.NaN)).toBe("unknown time");
  });

  it.each([
    [0, "0 B"],
    [512, "512 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [12_480, "12 kB"],
    [312_000_000, "312 MB"],
    [999_600_000, "1.0 GB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("a metric's name tells which way is better", () => {
  it.each([
    ["loss", "min"],
    ["val_loss", "min"],
    ["mse", "min"],
    ["training_mean_squared_error", "min"],
    ["valMeanAbsoluteError", "min"],
    ["binaryCrossentropy", "min"],
    ["rmsd", "min"],
    ["acc", "max"],
    ["val_acc", "max"],
    ["training_accuracy", "max"],
    ["categoricalAccuracy", "max"],
    ["r2", "max"],
    ["training_r2_score", "max"],
    ["roc_auc", "max"],
    ["f1-macro", "max"],
    ["neg_mean_squared_error", "max"],
    ["learning_rate", undefined],
    ["epoch_time", undefined],
    ["closs-section", "min"],
    ["glossary", undefined],
  ])("%s: %s", (key, direction) => {
    expect(directionOf(key)).toBe(direction);
  });

  it("and the best value is neither NaN nor infinite", () => {
    const points = [3, Number.NaN, 1, Number.NEGATIVE_INFINITY, 2].map((value, step) => ({ step, value }));
    expect(summarizeHistory("loss", points)).toEqual({ last: 2, best: 1, bestStep: 2, direction: "min" });
    expect(summarizeHistory("acc", points)).toMatchObject({ best: 3, bestStep: 0 });
    expect(summarizeHistory("whatever", points)).toEqual({
      last: 2,
      best: undefined,
      bestStep: undefined,
      direction: undefined,
    });
  });
});

describe("a long history is drawn with few points and no spike lost", () => {
  const history = fc
    .array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.double()), { minLength: 1, maxLength: 400 })
    .map((pairs) => pairs.map(([step, value]) => ({ step, value })).sort((a, b) => a.step - b.step));

  it("keeps the ends, the lowest and the highest point, in order, at most five per column", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 20 }), (points, columns) => {
        const kept = downsample(points, columns);
        const finite = (list: readonly { value: number }[]): number[] =>
          list.map(({ value }) => value).filter(Number.isFinite);
        expect(kept.length).toBeLessThanOrEqual(Math.max(columns * 2, columns * 5));
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
        expect(Math.max(...finite(kept))).toBe(Math.max(...finite(points)));
        expect(Math.min(...finite(kept))).toBe(Math.min(...finite(points)));
        expect(kept.some(({ value }) => !Number.isFinite(value))).toBe(
          points.some(({ value }) => !Number.isFinite(value)),
        );
        const positions = kept.map((point) => points.indexOf(point));
        expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      }),
    );
  });
});

describe("text stands in columns whatever it is written in", () => {
  it.each([
    ["plain", 5],
    ["企鹅", 4],
    ["🐧", 2],
    ["👩‍🔬", 2],
    ["é", 1],
    ["e\u0301", 1],
    ["ｗｉｄｅ", 8],
    ["✓ ● ━ ▁", 7],
    ["", 0],
  ])("%s takes %d columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("is never wider than asked for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 0, max: 20 }), (text, width) => {
        expect(displayWidth(truncateToWidth(text, width))).toBeLessThanOrEqual(width);
        expect(displayWidth(truncateMiddle(text, width))).toBeLessThanOrEqual(width);
        expect(displayWidth(padToWidth(truncateToWidth(text, width), width))).toBe(width);
        for (const line of wrapText(text, Math.max(1, width))) {
          expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(1, width));
        }
      }),
    );
  });

  it("a cut is marked", () => {
    expect(truncateToWidth("spirited-otter", 8)).toBe("spirite…");
    expect(truncateToWidth("企鹅企鹅", 4)).toBe("企…");
  });

  it("a name keeps its end, which tells the second training's from the first's", () => {
    expect(truncateMiddle("training_mean_absolute_error-2", 28)).toBe("training_mean_abso…e_error-2");
    expect(truncateMiddle("企鹅企鹅企鹅", 7)).toBe("企鹅…鹅");
    expect(truncateMiddle("loss", 28)).toBe("loss");
    const key = "training_root_mean_squared_error-2";
    const metrics = [{ key, points: [{ step: 0, value: 1 }] }];
    const card = { runId: "a", name: "a", status: "FINISHED", metrics, params: [[key, "2"]] } as const;
    const row = { runId: "a", name: "a", status: "FINISHED", params: { [key]: "1" }, metrics: { [key]: 2 } } as const;
    for (const text of [
      runCardView.text(card, { now: 0 }),
      runTableView.text({ rows: [row] }, { now: 0, width: 120 }),
      runComparisonView.text({ runs: [row] }, { now: 0 }),
    ])
      expect(text.split("rror-2")).toHaveLength(3);
  });
});

describe("every colour can be read", () => {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  for (const theme of ["light", "dark"] as const) {
    const palette = tokens[theme];
    it.each(["ink", "muted", "accent", "good", "bad", "warning"] as const)(
      `${theme}: %s at 4.5 : 1 or better`,
      (name) => {
        expect(contrast(palette[name], palette.surface)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(palette[name], palette.fill)).toBeGreaterThanOrEqual(4.5);
      },
    );

    it.each(tokens.seriesColours)(`${theme}: the curve %s at 3 : 1 or better`, (colour) => {
      expect(contrast(colour, palette.surface)).toBeGreaterThanOrEqual(3);
    });

    it(`${theme}: figures on the strongest tint of a confusion matrix`, () => {
      expect(contrast(palette.ink, tokens.mix(palette.accent, palette.surface, 48))).toBeGreaterThanOrEqual(4.5);
    });
  }
});
