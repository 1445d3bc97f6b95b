/** Fewer files than this are there before a bar would be read. */
const WORTH_A_BAR = 5;
const WIDTH = 24;

/**
 * A bar on stderr, in a terminal, that moves with each call; MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR=false does without.
 */
export function transferProgress(title: string, total: number): () => void {
  const isWanted = !/^(false|0)$/i.test(process.env.MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR ?? "");
  if (total < WORTH_A_BAR || !process.stderr.isTTY || !isWanted) return () => {};
  let done = 0;
  return () => {
    done += 1;
    const filled = Math.round((WIDTH * done) / total);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    process.stderr.write(`\r${title} ${bar} ${done}/${total}${done === total ? "\n" : ""}`);
  };
}
