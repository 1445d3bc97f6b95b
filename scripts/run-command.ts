import { spawn } from "node:child_process";
import { REPOSITORY } from "./repository";

export interface CommandOptions {
  /** Working directory; the repository by default. */
  readonly cwd?: string;
  /** Variables added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** `"inherit"` shows the output as it comes, `"capture"` (the default) returns it. */
  readonly output?: "capture" | "inherit";
}

/**
 * Runs a program without a shell and resolves with what it printed to standard output.
 *
 * @throws Error with the command, its exit code and the end of its output, unless it exits with 0.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? REPOSITORY,
      env: { ...process.env, ...options.env },
      stdio: options.output === "inherit" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    let errors = "";
    child.stdout?.on("data", (chunk) => {
      printed += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(printed);
      const tail = `${printed}\n${errors}`.trim().split("\n").slice(-15).join("\n");
      reject(new Error(`${[command, ...args].join(" ")} ended with ${code ?? signal}${tail && `:\n${tail}`}`));
    });
  });
}

/** True when `command` can be run at all (`command --version` is tried). */
export async function hasCommand(command: string): Promise<boolean> {
  return runCommand(command, ["--version"]).then(
    () => true,
    () => false,
  );
}
