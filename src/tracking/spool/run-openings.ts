import type { RunEntity } from "../../core";
import { RUN_KEY } from "../../stores";
import type { RunDraft } from "../recording-store";

/** Runs that this thread asks its server for, by their keys. */
const openings = new Map<string, Promise<RunEntity | undefined>>();

/** The key by which a run is found again. */
export const runKeyOf = ({ tags }: RunDraft): string | undefined => tags.find(({ key }) => key === RUN_KEY)?.value;

/** Notes that a run is being asked for, and answers what comes of it. */
export async function noteOpening<T>(draft: RunDraft, opening: Promise<T>): Promise<T> {
  const key = runKeyOf(draft);
  if (key === undefined) return opening;
  const run = opening.then(
    (opened) => (opened as { readonly run: RunEntity }).run,
    () => undefined,
  );
  openings.set(key, run);
  return opening.finally(() => openings.delete(key));
}

/**
 * The run that is being asked for under a key, when it comes about: whoever asked may have stopped waiting, and the request still arrives. `undefined`
 * when none is asked for.
 */
export const openingOf = async (key: string): Promise<RunEntity | undefined> => openings.get(key);
