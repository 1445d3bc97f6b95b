const WIDTH = 30;
/** A bar is drawn anew at most so often, in milliseconds. */
const INTERVAL = 100;

/** Draws on a terminal how far a work is; elsewhere it stays silent. */
export interface ProgressBar {
  show(done: number, total: number): void;
  /** Takes it off the screen. */
  end(): void;
}

/** A bar on `stream`, in one line that is drawn over. `clock` gives milliseconds. */
export function progressBar(
  unit: string,
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
  clock: () => number,
): ProgressBar {
  const begun = clock();
  let drawn = Number.NEGATIVE_INFINITY;
  let length = 0;
  const draw = (line: string): void => {
    stream.write(`\r${line.padEnd(length)}`);
    length = line.length;
  };
  return {
    show(done, total) {
      const time = clock();
      if (!stream.isTTY || total === 0 || (time - drawn < INTERVAL && done < total)) return;
      drawn = time;
      draw(`${progressLine(done, total, (time - begun) / 1000)} ${unit}`);
    },
    end() {
      if (length === 0) return;
      draw("");
      stream.write("\r");
    },
  };
}

/** `[=====>    ] 120/200, 3 s to go` */
export function progressLine(done: number, total: number, seconds: number): string {
  const filled = Math.round((done / total) * WIDTH);
  const bar = `${"=".repeat(filled)}${filled < WIDTH ? ">" : ""}`.padEnd(WIDTH + 1).slice(0, WIDTH);
  const rest = done === 0 || done === total ? "" : `, ${Math.ceil((seconds / done) * (total - done))} s to go`;
  return `[${bar}] ${done}/${total}${rest}`;
}
