import { rmSync } from "node:fs";
import { localArtifacts } from "../../artifacts";
import { openAnyTrackingStore } from "../../stores";
import { Deliverer, type Refusal } from "./deliverer";
import { DeliveryState, JournalReader } from "./journal";
import type { FoundJournal } from "./spool-folder";

/**
 * Delivers a journal that nobody writes any more to a store, however much of it has been delivered before, by whomever, and removes it; where the
 * store has refused something for good, that stays. `undefined` when another process is at it. Rejects when the store cannot take it now.
 */
export async function deliverJournal(
  spool: string,
  { name, folder }: FoundJournal,
  uri: string,
): Promise<readonly Refusal[] | undefined> {
  const release = localArtifacts({ root: spool }).claim(name);
  if (!release) return undefined;
  try {
    const refusals = await replay(folder, uri);
    if (refusals.length === 0) rmSync(folder, { recursive: true, force: true });
    return refusals;
  } finally {
    release();
  }
}

async function replay(folder: string, uri: string): Promise<readonly Refusal[]> {
  const state = new DeliveryState(folder);
  const refusals: Refusal[] = [];
  const deliverer = new Deliverer({
    store: openAnyTrackingStore(uri),
    folder,
    reader: new JournalReader(folder, state.position),
    state,
    isReplay: true,
    onRefusal: (refusal) => refusals.push(refusal),
  });
  await deliverer.deliverAll();
  return refusals;
}
