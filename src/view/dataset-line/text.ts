import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textStyle, flow } from "../text";
import type { DatasetLine } from "./description";
import { datasetWords } from "./words";

/** The text form of a dataset line. */
export function datasetLineText(dataset: DatasetLine, options: ViewOptions): string {
  const style = textStyle(options.color ?? false);
  const [first = "", ...rest] = flow(
    [`data set ${dataset.name}`, ...datasetWords(dataset)],
    Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH),
  );
  return [first, ...rest.map(style.dim)].join("\n");
}
