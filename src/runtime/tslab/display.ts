import type { DisplayBundle, DisplayOptions } from "../runtime";
import { onCellEnd, outbox } from "./cells";
import { kernelModule, tslabGlobal } from "./kernel";

/** tslab's public display: one MIME type a call. */
interface PublicDisplay {
  html(html: string): void;
  text(text: string): void;
}

const publicDisplays = new Map<string, PublicDisplay>();

let isHolding = false;

/** Sends `bundle` to the notebook, through the kernel's own writer where that can be found. */
export function display(bundle: DisplayBundle, options: DisplayOptions = {}): boolean {
  try {
    const kernel = kernelModule();
    if (kernel) {
      const transient = options.id === undefined ? {} : { display_id: options.id };
      outbox.show({
        write: kernel.lastWriteDisplayData,
        content: { data: bundle, metadata: {}, transient },
        isUpdate: options.update ?? false,
      });
      holdCellEnd();
    } else {
      displayInPublic(bundle, options);
    }
    return true;
  } catch {
    return false;
  }
}

/** While outputs wait the end of the cell does too: what comes behind it many tools ignore. */
function holdCellEnd(): void {
  if (isHolding || outbox.isEmpty) return;
  isHolding = true;
  const release = onCellEnd(() => undefined);
  outbox.onceEmpty(() => {
    isHolding = false;
    release();
  });
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
