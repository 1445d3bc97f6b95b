import { formatCount, formatPlural, formatRelativeTime } from "../format";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textStyle, textTable, wrapText } from "../text";
import { type ExperimentList, hasRunCounts } from "./description";

/** The text form of an experiment list. */
export function experimentListText(
  { rows, total = rows.length, moreCall }: ExperimentList,
  options: ViewOptions,
): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  if (rows.length === 0) {
    return "No experiments yet.";
  }
  const table = textTable(
    [
      {
        head: "experiment",
        maxWidth: 40,
        cells: rows.map(({ name, isDeleted }) => ({ text: isDeleted ? `${name} (deleted)` : name })),
      },
      ...(hasRunCounts(rows)
        ? [
            {
              head: "runs",
              align: "right" as const,
              cells: rows.map(({ runCount }) => ({ text: runCount === undefined ? "—" : formatCount(runCount) })),
            },
          ]
        : []),
      {
        head: "last change",
        align: "right",
        cells: rows.map(({ lastUpdateTime }) => ({
          text: lastUpdateTime === undefined ? "—" : formatRelativeTime(lastUpdateTime, options.now),
        })),
      },
      { head: "id", cells: rows.map(({ experimentId }) => ({ text: experimentId, paint: style.dim })) },
    ],
    { width, style, keepLast: 1 },
  );
  const left = total - rows.length;
  const more = `and ${formatPlural(left, "more experiment")}${moreCall === undefined ? "" : `: ${moreCall}`}`;
  return [...table.lines, ...(left > 0 ? wrapText(more, width).map(style.dim) : [])].join("\n");
}
