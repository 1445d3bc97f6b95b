import { rmSync } from "node:fs";
import { localArtifacts } from "../../artifacts";
import { openAnyTrackingStore } from "../../stores";
import { Deliverer, type Refusal } from "./deliverer";
import { damagedFiles, DeliveryState, forgetRefused, readRefused } from "./delivery-state";
import { JournalReader, JournalWriter } from "./journal";
import type { FoundJournal } from "./spool-folder";

/** What has become of a journal. */
export interface Delivery {
  /** What the store has refused for good. */
  readonly refusals: readonly Refusal[];
  /** How much the journal keeps of that, and of what was refused before. */
  readonly kept: number;
  /** The files in the journal that keep what could be read no more. */
  readonly damaged: readonly string[];
}

/**
 * Delivers a journal that nobody writes any more to a store, however much of it has been delivered before, by whomever, and removes it; where the
 * store has refused something for good, that stays. `undefined` when another process is at it. Rejects when the store cannot take it now.
 */
export async function deliverJournal(
  spool: string,
  { name, folder }: FoundJournal,
  uri: string,
): Promise<Delivery | undefined> {
  const release = localArtifacts({ root: spool }).claim(name);
  if (!release) return undefined;
  try {
    const refusals = await replay(folder, uri);
    const kept = readRefused(folder).length;
    const damaged = damagedFiles(folder);
    if (kept + damaged.length === 0) rmSync(folder, { recursive: true, force: true });
    return { refusals, kept, damaged };
  } finally {
    release();
  }
}

/** What was refused waits once more, behind what waits already. */
export function tryRefusedAgain({ folder }: FoundJournal): void {
  const refused = readRefused(folder);
  if (refused.length === 0) return;
  const writer = new JournalWriter(folder);
  for (const { operation, payload } of refused) writer.append(operation, payload);
  writer.close();
  forgetRefused(folder);
}

async function replay(folder: string, uri: string): Promise<readonly Refusal[]> {
  const state = new DeliveryState(folder);
  const refusals: Refusal[] = [];
  const deliverer = new Deliverer({
    store: openAnyTrackingStore(uri),
    folder,
    reader: new JournalReader(folder, state.position, { isEnded: true }),
    state,
    isReplay: true,
    onRefusal: (refusal) => refusals.push(refusal),
  });
  await deliverer.deliverAll();
  return refusals;
}
