import type { DisplayBundle, DisplayOptions } from "../runtime";
import { kernelModule, tslabGlobal } from "./kernel";

/** tslab's public display: one MIME type a call. */
interface PublicDisplay {
  html(html: string): void;
  text(text: string): void;
}

const publicDisplays = new Map<string, PublicDisplay>();

/** Sends `bundle` to the notebook, through the kernel's own writer where that can be found. */
export function display(bundle: DisplayBundle, options: DisplayOptions = {}): boolean {
  try {
    const kernel = kernelModule();
    if (kernel) {
      const transient = options.id === undefined ? {} : { display_id: options.id };
      kernel.lastWriteDisplayData({ data: bundle, metadata: {}, transient }, options.update ?? false);
    } else {
      displayInPublic(bundle, options);
    }
    return true;
  } catch {
    return false;
  }
}

function displayInPublic(bundle: DisplayBundle, { id, update }: DisplayOptions): void {
  const known = update && id !== undefined ? publicDisplays.get(id) : undefined;
  const target = known ?? newPublicDisplay();
  if (!target) return;
  if (id !== undefined) publicDisplays.set(id, target);
  const html = bundle["text/html"];
  if (typeof html === "string") target.html(html);
  else target.text(bundle["text/plain"]);
}

function newPublicDisplay(): PublicDisplay | undefined {
  const tslab = tslabGlobal()?.require("tslab") as { newDisplay(): PublicDisplay } | undefined;
  return tslab?.newDisplay();
}
