import { messages, StoreError, TrackbookError } from "../../core";
import { isFirstProcess } from "../process";
import type { Backend } from "./backend";
import type { BackendOptions } from "./open-backend";

/** So long the start waits for a database, in seconds. */
const PATIENCE_S = 5;

/**
 * Opens the databases that are about to be served. One that is not there yet may come later: that is told, and requests are answered with
 * 503 until then.
 *
 * @throws what a store says that can never be used
 */
export async function prepareStores(
  { store, registry }: Pick<Backend, "store" | "registry">,
  { storeUri, registryUri = storeUri }: BackendOptions,
): Promise<void> {
  for (const one of registryUri === storeUri ? [store] : [store, registry]) {
    try {
      await withinPatience(one.prepare?.());
    } catch (error) {
      if (!(error instanceof TrackbookError) || error.code !== "TEMPORARILY_UNAVAILABLE") throw error;
      if (isFirstProcess())
        process.stderr.write(
          `trackbook: ${one.uri} cannot be reached yet, requests are answered with 503 until it is: ${error.message}\n`,
        );
    }
  }
}

async function withinPatience(opened: unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError(messages.notAnsweringYet(PATIENCE_S))), PATIENCE_S * 1000);
  });
  await Promise.race([opened, late]).finally(() => clearTimeout(timer));
}
