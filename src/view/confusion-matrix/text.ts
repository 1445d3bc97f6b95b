import { formatCount, formatPlural } from "../format";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textHeading, textStyle, type TextColumn, textTable } from "../text";
import type { ConfusionMatrix } from "./description";
import { countAt, matrixSummary } from "./shares";

/** The text form of a confusion matrix: rows the true classes, columns the predicted ones. */
export function confusionMatrixText(matrix: ConfusionMatrix, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  const { labels, title = "confusion matrix" } = matrix;
  const heading = textHeading(
    [
      { text: title, paint: style.bold },
      { text: matrixSummary(matrix), paint: style.dim },
    ],
    [],
    width,
  );
  const columns: readonly TextColumn[] = [
    { head: "true ↓ predicted →", cells: labels.map((label) => ({ text: label })), maxWidth: 24 },
    ...labels.map(
      (label, column): TextColumn => ({
        head: label,
        align: "right",
        maxWidth: 12,
        cells: labels.map((_label, row) => ({
          text: formatCount(countAt(matrix, row, column)),
          paint: row === column ? style.bold : countAt(matrix, row, column) === 0 ? style.dim : undefined,
        })),
      }),
    ),
  ];
  const table = textTable(columns, { width, style });
  const hidden =
    table.hiddenColumns === 0
      ? []
      : [style.dim(`+ ${formatPlural(table.hiddenColumns, "class", "classes")} that found no room`)];
  return [...heading, ...table.lines, ...hidden].join("\n");
}
