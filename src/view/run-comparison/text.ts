import { formatDuration, formatPlural, shortId } from "../format";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textSparkline } from "../sparkline";
import { statusSign } from "../status";
import { textHeading, type TextStyle, textStyle, type TextCell, type TextColumn, textTable } from "../text";
import type { ComparedRun, RunComparison } from "./description";
import { type ComparedRow, comparedCharts, comparedRows } from "./rows";

const CURVE = 16;

/** The text form of a comparison. */
export function runComparisonText(comparison: RunComparison, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  const { runs, title = "comparison" } = comparison;
  const heading = textHeading(
    [
      { text: title, paint: style.bold },
      { text: formatPlural(runs.length, "run"), paint: style.dim },
    ],
    [],
    width,
  );
  if (runs.length === 0) {
    return [...heading, "No runs to compare."].join("\n");
  }
  const rows = comparedRows(comparison);
  const charts = comparedCharts(comparison);
  const shown = [...rows.metrics, ...rows.params];
  const labels = ["id", "state", "took", ...shown.map(({ key }) => key), ...charts.map(({ key }) => `${key} curve`)];
  const columns = runs.map((run, index): TextColumn => {
    const curves = charts.map(({ series }): TextCell => ({ text: textSparkline(series[index]?.points ?? [], CURVE) }));
    return {
      head: run.name,
      align: "right",
      maxWidth: 24,
      cells: [...factCells(run, style), ...shown.map((row) => rowCell(row, index, style)), ...curves],
    };
  });
  const table = textTable(
    [
      {
        head: "",
        names: "cells",
        cells: labels.map((text) => ({ text, paint: style.dim })),
        maxWidth: width < 60 ? 18 : 28,
      },
      ...columns,
    ],
    {
      width,
      style,
    },
  );
  const remarks = [
    rows.equal.length === 0 ? undefined : `+ ${formatPlural(rows.equal.length, "equal row")}`,
    table.hiddenColumns === 0 ? undefined : `+ ${formatPlural(table.hiddenColumns, "run")} that found no room`,
  ].flatMap((line) => (line === undefined ? [] : [style.dim(line)]));
  return [...heading, ...table.lines, ...remarks].join("\n");
}

function factCells({ runId, status, durationMs }: ComparedRun, style: TextStyle): readonly TextCell[] {
  const { glyph, word, tone } = statusSign(status);
  return [
    { text: shortId(runId) },
    { text: `${glyph} ${word}`, paint: (text) => style.tone(tone, text) },
    { text: durationMs === undefined ? "—" : formatDuration(durationMs) },
  ];
}

function rowCell({ texts, best }: ComparedRow, index: number, style: TextStyle): TextCell {
  const text = texts[index] ?? "—";
  return best.has(index) ? { text: `★ ${text}`, paint: (plain) => style.tone("good", plain) } : { text };
}
