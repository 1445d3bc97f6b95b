import { spooledStores } from "../recording-store";

/**
 * The same store or registry behind a wire, which is asked when all that this process has logged there has arrived. The ids of ours that runs and
 * models had before stand for the server's.
 */
export function afterDelivery<Store extends { readonly uri: string }>(store: Store, trackingUri: string): Store {
  const guarded = Object.entries(store).map(([name, member]) => {
    if (typeof member !== "function") return [name, member];
    const method = async (first: unknown, ...others: readonly unknown[]): Promise<unknown> => {
      const spool = spooledStores.get(trackingUri)?.spool;
      // What cannot be delivered now is told by flush(); the question is asked all the same.
      await spool?.delivered().catch(() => {});
      const id = typeof first === "string" ? (spool?.confirmed(first)?.id ?? first) : first;
      return (member as (...args: readonly unknown[]) => unknown)(id, ...others);
    };
    return [name, method];
  });
  return Object.fromEntries(guarded) as Store;
}
