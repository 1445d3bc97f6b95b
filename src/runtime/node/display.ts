import type { DisplayBundle, DisplayOptions } from "../runtime";
import { createLiveBlocks, type LiveBlocks } from "./live-blocks";

let blocks: LiveBlocks | undefined;

/** Prints what was asked for to standard output; redraws what has an id in place on a terminal, and never into a pipe. */
export function display(bundle: DisplayBundle, options: DisplayOptions = {}): boolean {
  try {
    const text = bundle["text/plain"];
    if (options.id === undefined) {
      process.stdout.write(`${text}\n`);
      return true;
    }
    if (!process.stderr.isTTY) return true;
    blocks ??= createLiveBlocks(process.stderr, [process.stdout, process.stderr]);
    return blocks.draw(options.id, text, options.final ?? false);
  } catch {
    return false;
  }
}
