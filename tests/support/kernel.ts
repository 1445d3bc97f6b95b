import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** tslab on the Node that runs the tests and on the newest, each with the parts that it needs. */
export const TSLAB_KERNELS = [
  { name: "tslab", parts: ["python", "tslab"] },
  { name: "tslab-node26", parts: ["python", "tslab", "node26"] },
] as const;

/** One output of a cell, as the notebook's file would hold it: later frames of a display have replaced earlier ones. */
export interface CellOutput {
  readonly type: "stream" | "display_data" | "update_display_data" | "execute_result" | "error";
  /** Of a stream `stdout` or `stderr`, of an error its class. */
  readonly name?: string;
  readonly text?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly displayId?: string;
}

export interface CellResult {
  readonly outputs: readonly CellOutput[];
  /** How many messages about displays arrived while the cell ran. */
  readonly messages: number;
  readonly status: "ok" | "error" | "abort";
}

export interface KernelOptions {
  /** The kernelspec, e.g. `tslab` or `deno`. */
  readonly name: string;
  /** The notebook's folder. */
  readonly folder: string;
  readonly python: string;
  readonly jupyterPath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How long Jupyter gives a kernel to end, in seconds. */
const JUPYTERS_PATIENCE = 5;

/** The same where a slow machine must not make a signal of what ends by itself. */
export const PATIENCE = 20;

/** An exit code, or the number of the signal that ended the kernel, negative. */
export type KernelExit = number;

/** A real kernel under Jupyter's own client. */
export interface Kernel {
  run(code: string): Promise<CellResult>;
  /** Begins a cell without waiting for its end. */
  start(code: string): Promise<void>;
  /** Waits until an output of the cell that was begun holds `text`. */
  waitForOutput(text: string): Promise<void>;
  interrupt(): Promise<void>;
  /** Waits for the end of the cell that was begun, so many seconds. @default 240 */
  finish(seconds?: number): Promise<CellResult>;
  /** Restarts the kernel as Jupyter does, with a patience as of {@link shutdown}; resolves to how the old one ended. */
  restart(seconds?: number): Promise<KernelExit>;
  /** Ends the kernel by SIGKILL, and the driver. */
  kill(): Promise<KernelExit>;
  /**
   * Ends the kernel as Jupyter does, and the driver; resolves to how the kernel ended. What has not ended by itself in half of so many seconds is
   * sent a SIGTERM, and at their end a SIGKILL.
   *
   * @default JUPYTERS_PATIENCE
   */
  shutdown(seconds?: number): Promise<KernelExit>;
}

export async function startKernel({ name, folder, python, jupyterPath, env }: KernelOptions): Promise<Kernel> {
  const driver = spawn(python, [join(__dirname, "kernel_driver.py"), name, folder], {
    env: { ...process.env, JUPYTER_PATH: jupyterPath, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: driver.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the kernel's driver ended");
    const { result, error } = JSON.parse(value);
    if (error !== undefined) throw new Error(error);
    return result;
  };
  const ask = (command: string, ...args: readonly unknown[]) => {
    driver.stdin.write(`${JSON.stringify({ do: command, with: args })}\n`);
    return answer();
  };
  const end = async (command: string, ...args: readonly unknown[]) => {
    const exited = once(driver, "exit");
    const exit = await ask(command, ...args);
    driver.stdin.end();
    await exited;
    return exit;
  };
  await answer();

  return {
    async run(code) {
      // tslab aborts what is sent just after a cell that failed.
      for (;;) {
        await ask("start", code);
        const result: CellResult = await ask("finish");
        if (result.status !== "abort") return result;
      }
    },
    start: (code) => ask("start", code),
    waitForOutput: (text) => ask("wait_for_output", text),
    interrupt: () => ask("interrupt"),
    finish: (...seconds) => ask("finish", ...seconds),
    restart: (seconds = JUPYTERS_PATIENCE) => ask("restart", seconds),
    kill: () => end("kill"),
    shutdown: (seconds = JUPYTERS_PATIENCE) => end("shutdown", seconds),
  };
}
