import type { DisplayBundle, DisplayOptions, TextStyle } from "../runtime";
import { createLiveBlocks, type LiveBlocks } from "./live-blocks";

let blocks: LiveBlocks | undefined;
let isFirst = true;

/** Prints what was asked for to standard output; redraws what has an id in place on a terminal, and never into a pipe. */
export function display(bundle: DisplayBundle, options: DisplayOptions = {}): boolean {
  try {
    const text = bundle["text/plain"];
    if (options.id === undefined) {
      process.stdout.write(isFirst ? `${text}\n` : `\n${text}\n`);
      isFirst = false;
      return true;
    }
    if (!process.stderr.isTTY) return true;
    isFirst = false;
    blocks ??= createLiveBlocks(process.stderr, [process.stdout, process.stderr]);
    return blocks.draw(options.id, text, options.isLast ?? false);
  } catch {
    return false;
  }
}

/** Colours on a terminal that has them (Node's own test knows `NO_COLOR`), and wherever `FORCE_COLOR` asks for them. */
export function textStyle(isLive: boolean): TextStyle {
  const stream = isLive ? process.stderr : process.stdout;
  const color = stream.isTTY ? stream.hasColors() : /^(|true|[123])$/.test(process.env.FORCE_COLOR ?? "0");
  return { width: stream.columns || 80, color };
}
