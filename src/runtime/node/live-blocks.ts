import { stripVTControlCharacters } from "node:util";

/** The part of a terminal's stream that drawing needs. */
export interface TerminalStream {
  write(text: string): unknown;
  /** 0 where nobody has told. */
  readonly columns?: number;
  readonly rows?: number;
  readonly bytesWritten?: number;
}

/** Blocks of text at the end of a terminal's output that are redrawn in place. */
export interface LiveBlocks {
  /**
   * Draws `text` as the block named `id`. Returns `false` when the block stands where nothing can be redrawn any more, because
   * something else was printed below it; if `isLast`, it is printed once more at the end instead.
   */
  draw(id: string, text: string, isLast: boolean): boolean;
}

interface Block {
  readonly id: string;
  readonly text: string;
}

const CLEAR_BELOW = "\x1b[0J";
const up = (rows: number) => `\x1b[${rows}A\r`;

/** Draws on `terminal`; `watched` are all streams whose output shows on the same screen, `terminal` among them. */
export function createLiveBlocks(terminal: TerminalStream, watched: readonly TerminalStream[]): LiveBlocks {
  const unreachable = new Set<string>();
  let blocks: readonly Block[] = [];
  let bytesAfterDrawing = 0;
  const bytes = () => watched.reduce((sum, stream) => sum + (stream.bytesWritten ?? 0), 0);
  const heightOf = (some: readonly Block[]) =>
    some.reduce((sum, { text }) => sum + countRows(text, terminal.columns || 80), 0);

  const giveUp = (lost: readonly Block[]) => {
    for (const { id } of lost) unreachable.add(id);
    blocks = blocks.filter((block) => !lost.includes(block));
  };

  return {
    draw(id, text, isLast) {
      if (bytes() !== bytesAfterDrawing) giveUp(blocks);
      giveUp(blocks.filter((_, index) => heightOf(blocks.slice(index)) >= (terminal.rows || 24)));
      if (unreachable.has(id) && !isLast) return false;
      unreachable.delete(id);
      const position = blocks.findIndex((block) => block.id === id);
      const above = position < 0 ? blocks : blocks.slice(0, position);
      const replaced = position < 0 ? [] : blocks.slice(position);
      const drawn = [{ id, text }, ...replaced.slice(1)];
      const eraser = replaced.length === 0 ? "" : up(heightOf(replaced)) + CLEAR_BELOW;
      terminal.write(eraser + drawn.map((block) => `${block.text}\n`).join(""));
      blocks = [...above, ...drawn];
      bytesAfterDrawing = bytes();
      return true;
    },
  };
}

function countRows(text: string, columns: number): number {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}
