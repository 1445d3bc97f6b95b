import { formatDuration, formatPlural, formatRelativeTime, shortId } from "../format";
import { countWords } from "../list-part";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { statusSign } from "../status";
import { textHeading, textStyle, type TextColumn, textTable, wrapText } from "../text";
import { EMPTY_HINT, moreRuns, runTableColumns } from "./columns";
import type { RunTable } from "./description";

/** The text form of a run table. */
export function runTableText(table: RunTable, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  const { rows, title = "runs", order, total = rows.length } = table;
  const runs = countWords(rows.length, total, table, "run");
  const count = order === undefined ? runs : `${runs}, ${order}`;
  const heading = textHeading(
    [
      { text: title, paint: style.bold },
      { text: count, paint: style.dim },
    ],
    [],
    width,
  );
  if (rows.length === 0) {
    return [...heading, ...wrapText(table.emptyHint ?? EMPTY_HINT, width)].join("\n");
  }
  const columns = runTableColumns(table);
  const metrics = columns.metrics.map(
    ({ key, texts, best }): TextColumn => ({
      head: key,
      names: "head",
      align: "right",
      cells: texts.map((text, index) => {
        const isBest = best.has(index);
        const shown = text ?? "—";
        return isBest ? { text: `★ ${shown}`, paint: (plain) => style.tone("good", plain) } : { text: shown };
      }),
    }),
  );
  const shape = textTable(
    [
      { head: "run", cells: rows.map((row) => ({ text: row.name })), maxWidth: width < 60 ? 16 : 24 },
      {
        head: "state",
        cells: rows.map(({ status }) => {
          const { glyph, word, tone } = statusSign(status);
          return { text: `${glyph} ${word}`, paint: (plain) => style.tone(tone, plain) };
        }),
      },
      ...(columns.withEstimator
        ? [
            {
              head: "estimator",
              maxWidth: width < 100 ? 16 : 24,
              cells: rows.map(({ estimator }) => ({ text: estimator ?? "—" })),
            },
          ]
        : []),
      ...metrics,
      ...columns.params.map(
        ({ key, texts, isNumeric }): TextColumn => ({
          head: key,
          names: "head",
          align: isNumeric ? "right" : "left",
          maxWidth: 20,
          cells: texts.map((text) => ({ text: text ?? "—" })),
        }),
      ),
      {
        head: "took",
        align: "right",
        cells: rows.map(({ durationMs }) => ({ text: durationMs === undefined ? "—" : formatDuration(durationMs) })),
      },
      {
        head: "created",
        align: "right",
        cells: rows.map(({ startTime }) => ({
          text: startTime === undefined ? "—" : formatRelativeTime(startTime, options.now),
          paint: style.dim,
        })),
      },
      { head: "id", cells: rows.map(({ runId }) => ({ text: shortId(runId), paint: style.dim })) },
    ],
    { width, style, keepLast: 1 },
  );
  const more = moreRuns(table);
  const equal = columns.equalParams.length + columns.equalMetrics.length;
  const remarks = [
    more === undefined ? undefined : `and ${more.count} more${behind(more.call)}`,
    equal === 0 ? undefined : `+ ${formatPlural(equal, "equal column")}${behind(table.equalCall)}`,
    shape.hiddenColumns === 0
      ? undefined
      : `+ ${formatPlural(shape.hiddenColumns, "column")} that found no room${behind(table.roomCall)}`,
  ].flatMap((line) => (line === undefined ? [] : wrapText(line, width).map(style.dim)));
  return [...heading, ...shape.lines, ...remarks].join("\n");
}

const behind = (call: string | undefined): string => (call === undefined ? "" : `: ${call}`);
