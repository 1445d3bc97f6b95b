import type { Dataset } from "../../core";
import type { DatasetLine } from "../dataset-line";

/** A data set as a line. */
export function describeDataset({ name, digest, profile, source }: Dataset): DatasetLine {
  const { num_rows: rows, num_elements: cells } = fieldsOf(profile);
  const { uri, url } = fieldsOf(source);
  const place = uri ?? url;
  const rowCount = typeof rows === "number" ? rows : undefined;
  return {
    name,
    digest,
    rowCount,
    columnCount: rowCount && typeof cells === "number" ? cells / rowCount : undefined,
    source: typeof place === "string" ? place : undefined,
  };
}

/** A data set of another tool may have any text in place of JSON. */
function fieldsOf(json = ""): Record<string, unknown> {
  try {
    return Object(JSON.parse(json)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
