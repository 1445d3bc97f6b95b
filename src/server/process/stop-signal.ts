/** The exit code of a program that was interrupted: 128 + SIGINT. */
const INTERRUPTED = 130;

/** The exit code of one that was terminated and did not wait: 128 + SIGTERM. */
const TERMINATED = 143;

/**
 * Resolves with the exit code when somebody wants this process to stop: 0 on SIGTERM and when the process that started this one over a channel ends, 130 on Ctrl-C. A second signal ends it at once.
 */
export function stopSignal(): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (isStopping) process.exit(signal === "SIGINT" ? INTERRUPTED : TERMINATED);
      isStopping = true;
      resolve(signal === "SIGINT" ? INTERRUPTED : 0);
    };
    // Whoever has started this process to serve it alone is gone.
    if (process.connected) process.once("disconnect", () => resolve(0));
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
