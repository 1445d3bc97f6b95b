import { stripVTControlCharacters } from "node:util";

/** The part of a terminal's stream that drawing needs. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
  readonly bytesWritten?: number;
}

/** Blocks of text at the end of a terminal's output that are redrawn in place. */
export interface LiveBlocks {
  /**
   * Draws `text` as the block named `id`; `isFinal` leaves it there for good. Returns `false` when the block cannot be
   * redrawn now because something else was printed below it: a final block is then printed once more, at the end.
   */
  draw(id: string, text: string, isFinal: boolean): boolean;
}

const CLEAR_BELOW = "\x1b[0J";
const up = (rows: number) => (rows > 0 ? `\x1b[${rows}A` : "");

/** Draws on `terminal`; `watched` are the streams whose output shows on the same screen, `terminal` among them. */
export function createLiveBlocks(terminal: TerminalStream, watched: readonly TerminalStream[]): LiveBlocks {
  const open = new Map<string, string>();
  const buried = new Set<string>();
  let drawnRows = 0;
  let bytesAfterDrawing = 0;
  const bytes = () => watched.reduce((sum, stream) => sum + (stream.bytesWritten ?? 0), 0);

  const buryIfOverwritten = () => {
    const rows = terminal.rows ?? Number.POSITIVE_INFINITY;
    if (drawnRows === 0 || (bytes() === bytesAfterDrawing && drawnRows < rows)) return;
    for (const id of open.keys()) buried.add(id);
    open.clear();
    drawnRows = 0;
  };

  return {
    draw(id, text, isFinal) {
      buryIfOverwritten();
      if (buried.has(id) && !isFinal) return false;
      buried.delete(id);
      const eraser = drawnRows === 0 ? "" : `${up(drawnRows)}\r${CLEAR_BELOW}`;
      if (isFinal) open.delete(id);
      else open.set(id, text);
      const still = [...open.values()].map((block) => `${block}\n`).join("");
      terminal.write(`${eraser}${isFinal ? `${text}\n` : ""}${still}`);
      drawnRows = countRows(still, terminal.columns);
      bytesAfterDrawing = bytes();
      return true;
    },
  };
}

function countRows(text: string, columns = 80): number {
  if (text === "") return 0;
  const lines = stripVTControlCharacters(text).split("\n").slice(0, -1);
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}
