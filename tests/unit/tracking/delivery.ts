import type { AnyTrackingStore } from "../../../src/stores";
import { DeliveryState } from "../../../src/tracking/spool/delivery-state";
import { Deliverer } from "../../../src/tracking/spool/deliverer";
import { JournalReader } from "../../../src/tracking/spool/journal";
import type { Operation } from "../../../src/tracking/spool/operations";

export const createRun = (run: string, experiment: string): Operation => ({
  op: "createRun",
  run,
  experiment: { name: experiment },
  draft: { runName: run, userId: "me", startTime: 1, tags: [{ key: "trackbook.run_key", value: run }] },
});

export const param = (key: string, value = "1"): Operation => ({ op: "batch", run: "ours", params: [{ key, value }] });

export const tag = (key: string): Operation => ({ op: "batch", run: "ours", tags: [{ key, value: "1" }] });

/** The same store, before some of whose methods `check` is called with what they are given. */
export function guarded<Store extends AnyTrackingStore>(
  store: Store,
  check: (method: string, args: readonly unknown[]) => void,
): Store {
  const members = Object.entries(store).map(([name, member]) => {
    if (typeof member !== "function") return [name, member];
    const method = (...args: unknown[]): unknown => {
      check(name, args);
      return (member as (...args: unknown[]) => unknown)(...args);
    };
    return [name, method];
  });
  return Object.fromEntries(members) as Store;
}

/** Delivers a journal as a program does that begins now, and tells what was refused. */
export async function deliver(folder: string, store: AnyTrackingStore, isReplay = false): Promise<string[]> {
  const refused: string[] = [];
  const state = new DeliveryState(folder);
  const reader = new JournalReader(folder, state.position);
  const onRefusal = ({ what }: { what: string }) => refused.push(what);
  await new Deliverer({ store, folder, reader, state, isReplay, onRefusal }).deliverAll();
  return refused;
}
