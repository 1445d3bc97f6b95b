import type { AnyArtifactRepository, ArtifactRepository } from "../../artifacts";
import { type Tag, TAGS } from "../../core";
import type { AnyTrackingStore, TrackingStore } from "../../stores";
import type { SplitTable } from "./table";

/** The run that files are logged to. */
export interface FileTarget {
  readonly id: string;
  readonly store: TrackingStore;
  readonly artifacts: ArtifactRepository;
}

/** The same where it may lie behind a wire. */
export interface AnyFileTarget {
  readonly id: string;
  readonly store: AnyTrackingStore;
  readonly artifacts: AnyArtifactRepository;
}

/** Writes the table, after the rows that the file holds already, and lists it in MLflow's tag of logged tables. */
export function appendTable({ id, store, artifacts }: FileTarget, table: SplitTable, file: string): void {
  artifacts.exclusively(() => {
    const before = unlessMissing(() => artifacts.read(file));
    artifacts.write(file, tableText(before, table));
    const tag = listing(store.getRun(id).data.tags[TAGS.loggedArtifacts], file);
    if (tag) store.logBatch(id, { tags: [tag] });
  });
}

/**
 * The same where it takes its time; nothing keeps another process from writing the same file meanwhile. `isUncertain`: it may have been done before,
 * and rows that the file holds one after the other are not written again.
 */
export async function appendTableLater(
  { id, store, artifacts }: AnyFileTarget,
  table: SplitTable,
  file: string,
  isUncertain = false,
): Promise<void> {
  const before = await unlessMissingLater(async () => artifacts.read(file));
  if (!isUncertain || !before || !holdsRows(parse(before), table))
    await artifacts.write(file, tableText(before, table));
  const tag = listing((await store.getRun(id)).data.tags[TAGS.loggedArtifacts], file);
  if (tag) await store.logBatch(id, { tags: [tag] });
}

const tableText = (before: Uint8Array | undefined, table: SplitTable): string =>
  JSON.stringify(before ? concat(parse(before), table) : table);

const parse = (bytes: Uint8Array): SplitTable => JSON.parse(Buffer.from(bytes).toString("utf8")) as SplitTable;

/** What the tag has to say from now on; `undefined` when it says it already. */
function listing(tag: string | undefined, file: string): Tag | undefined {
  const listed = tag ? (JSON.parse(tag) as { path: string; type: string }[]) : [];
  if (listed.some(({ path }) => path === file)) return undefined;
  return { key: TAGS.loggedArtifacts, value: JSON.stringify([...listed, { path: file, type: "table" }]) };
}

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === "RESOURCE_DOES_NOT_EXIST";

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const unlessMissingLater = <T>(read: () => Promise<T>): Promise<T | undefined> =>
  read().catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

function concat(first: SplitTable, second: SplitTable): SplitTable {
  const columns = [...new Set([...first.columns, ...second.columns])];
  return { columns, data: [...rowsOf(first, columns), ...rowsOf(second, columns)] };
}

function rowsOf({ columns: from, data }: SplitTable, columns: readonly string[]): unknown[][] {
  const places = columns.map((column) => from.indexOf(column));
  return data.map((row) => places.map((place) => (place < 0 ? null : row[place])));
}

function holdsRows(before: SplitTable, table: SplitTable): boolean {
  const known = before.data.map((row) => JSON.stringify(row));
  const wanted = rowsOf(table, before.columns).map((row) => JSON.stringify(row));
  if (table.columns.some((column) => !before.columns.includes(column))) return false;
  return known.some((_, start) => wanted.every((row, index) => known[start + index] === row));
}
