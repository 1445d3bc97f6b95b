import { formatCount, formatDuration } from "../../view";

const WIDTH = 30;
/** A bar is drawn anew at most so often, in milliseconds. */
const INTERVAL = 100;

/** The rest is not guessed before so many seconds and so many parts, or so large a share: what comes first is seldom like the others. */
const JUDGED_AFTER = { seconds: 3, parts: 10, share: 0.01 };

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
  let begun: number | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  let length = 0;
  const draw = (line: string): void => {
    stream.write(`\r${line.padEnd(length)}`);
    length = line.length;
  };
  return {
    show(done, total) {
      const time = clock();
      begun ??= time;
      if (!stream.isTTY || total === 0 || (time - drawn < INTERVAL && done < total)) return;
      drawn = time;
      draw(progressLine(done, total, unit, (time - begun) / 1000));
    },
    end() {
      if (length === 0) return;
      draw("");
      stream.write("\r");
    },
  };
}

/** `[=====>    ] 120/200 runs, 3 s to go`, after so many seconds. */
export function progressLine(done: number, total: number, unit: string, seconds: number): string {
  const filled = Math.round((done / total) * WIDTH);
  const bar = `${"=".repeat(filled)}${filled < WIDTH ? ">" : ""}`.padEnd(WIDTH + 1).slice(0, WIDTH);
  return `[${bar}] ${formatCount(done)}/${formatCount(total)} ${unit}${restOf(done, total, seconds)}`;
}

function restOf(done: number, total: number, seconds: number): string {
  const isEnough = done >= JUDGED_AFTER.parts || done / total >= JUDGED_AFTER.share;
  if (seconds < JUDGED_AFTER.seconds || !isEnough || done === 0 || done === total) return "";
  const rest = Math.ceil((seconds / done) * (total - done));
  return `, ${rest < 10 ? `${rest} s` : formatDuration(rest * 1000)} to go`;
}
