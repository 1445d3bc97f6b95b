import type { AnyFileTarget, FileTarget } from "./append-table";
import type { FileAction } from "./artifact-writes";
import { copiesOf } from "./local-copies";

/** Loaded by the first table. */
const requireTables = () => require("./append-table") as typeof import("./append-table");

/** Loaded by the first that is sent over a wire. */
const requireArtifacts = () => require("../../artifacts") as typeof import("../../artifacts");

/** Does to a run's artifacts what a files verb asks for. */
export function performNow(target: FileTarget, action: FileAction): void {
  const { artifacts } = target;
  if (action.kind === "content") artifacts.write(action.path, action.content);
  else if (action.kind === "table") requireTables().appendTable(target, action.table, action.path);
  else for (const { localFile, path } of copiesOf(action)) artifacts.copyIn(localFile, path);
}

/** The same where it takes its time, several files at once. `isUncertain`: it may have been done before. */
export async function performLater(target: AnyFileTarget, action: FileAction, isUncertain = false): Promise<void> {
  const { store, artifacts, id } = target;
  if (!store.isRemote && !artifacts.isRemote && !isUncertain) performNow({ id, store, artifacts }, action);
  else if (action.kind === "content") await artifacts.write(action.path, action.content);
  else if (action.kind === "table")
    await requireTables().appendTableLater(target, action.table, action.path, isUncertain);
  else await sendFiles(target, copiesOf(action));
}

async function sendFiles({ artifacts }: AnyFileTarget, copies: ReturnType<typeof copiesOf>): Promise<void> {
  const { inParallel, transferProgress } = requireArtifacts();
  const progress = transferProgress("Uploading artifacts", copies.length);
  await inParallel(copies, async ({ localFile, path }) => {
    await artifacts.copyIn(localFile, path);
    progress();
  });
}
