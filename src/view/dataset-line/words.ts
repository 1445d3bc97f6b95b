import { formatCount, formatPlural, shortId } from "../format";
import type { DatasetLine } from "./description";

/** What a dataset line says after the name: `333 × 4`, `digest 1a2b3c4d`, `train`. */
export function datasetWords({ rowCount, columnCount, context, digest, source }: DatasetLine): readonly string[] {
  const shape =
    rowCount === undefined
      ? undefined
      : columnCount === undefined
        ? formatPlural(rowCount, "row")
        : `${formatCount(rowCount)} × ${formatCount(columnCount)}`;
  const words = [shape, context, digest === undefined ? undefined : `digest ${shortId(digest)}`, source];
  return words.filter((word): word is string => word !== undefined);
}
