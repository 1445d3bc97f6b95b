import { warnOnce } from "../../core";
import type { DisplayBundle, DisplayOptions } from "../runtime";
import { denoJupyter } from "./kernel";

/** Sends `bundle` to the notebook. */
export function display(bundle: DisplayBundle, options: DisplayOptions = {}): boolean {
  try {
    const type = options.update ? "update_display_data" : "display_data";
    const transient = options.id === undefined ? {} : { display_id: options.id };
    denoJupyter()
      ?.broadcast(type, { data: bundle, metadata: {}, transient })
      ?.catch((error: unknown) => warnOnce("deno-display", `the notebook did not take an output: ${String(error)}`));
    return true;
  } catch {
    return false;
  }
}
