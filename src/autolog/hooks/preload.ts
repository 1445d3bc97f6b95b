import { globalSlot } from "../../core";
import type { Integration } from "../../libraries";
import { isEnabled, optionsFor } from "../options";
import { requireRecording } from "../recording";

const preloaded = globalSlot("preloaded", () => new Set<string>());

/**
 * Loads what the first training of a library will need, and reads which packages go with its models, in the first moment that the program is
 * idle: a notebook is between its cells then. A training that comes sooner does the same itself.
 *
 * @param file a file of the user's copy of the library
 */
export function preloadSoon(integration: Integration, file: string): void {
  if (preloaded.has(integration.name)) return;
  preloaded.add(integration.name);
  setImmediate(() => {
    try {
      preload(integration, file);
    } catch {
      // The training meets the same, and tells it.
    }
  }).unref();
}

function preload(integration: Integration, file: string): void {
  const { disable, logModels } = optionsFor(integration.name);
  if (!isEnabled() || disable) return;
  requireRecording();
  const { flavor } = integration;
  if (!flavor || !logModels) return;
  requireArtifacts();
  requireModels().environmentOf(flavor, {}, { file, silent: true });
}

const requireModels = () => require("../../models") as typeof import("../../models");
const requireArtifacts = () => require("../../artifacts") as typeof import("../../artifacts");
