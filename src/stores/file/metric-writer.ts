import { writeKey } from "./files";
import { keyPath, METRICS_FOLDER } from "./layout";
import { appendPoints } from "./metric-file";

/**
 * Appends lines to a metric of the run or LoggedModel in `folder`. `touched`: the files known to end in whole lines, for this
 * process has written them; one that a write failed on, as on a full disk, is no longer among them.
 */
export function appendSeries(folder: string, key: string, lines: string, touched: Set<string>): void {
  const path = keyPath(folder, METRICS_FOLDER, key);
  const first = !touched.delete(path);
  writeKey("metric", key, folder, path, () => appendPoints(path, lines, first));
  touched.add(path);
}
