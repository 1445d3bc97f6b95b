import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInstalledFolder } from "../../support/installed-folder";
import { type EndedProcess, runNode } from "../../support/run-node";
import { type FoundRun, runsIn } from "../libraries/recorded-runs";

const SEEDED_RANDOM = join(__dirname, "seeded-random.cjs");

/** A program as it ended, and the runs that it left in its own `./mlruns`, the oldest first. */
export interface ProgramOutcome extends EndedProcess {
  readonly runs: readonly FoundRun[];
  /** True where `./mlruns` was made at all. */
  readonly stored: boolean;
}

/** A folder as a user's who installed trackbook and the packages named, to run programs in. */
export class UserFolder {
  readonly #installed: string;

  constructor(...packages: readonly string[]) {
    this.#installed = createInstalledFolder("tsx", ...packages);
  }

  /** Runs `source` as `file` in a working directory of its own, with a seeded `Math.random`; a fault of the recording is a throw. */
  async run(file: string, source: string): Promise<ProgramOutcome> {
    const folder = mkdtempSync(join(this.#installed, "program-"));
    writeFileSync(join(folder, file), source);
    const loader = file.endsWith(".ts") ? ["--import", "tsx"] : [];
    const args = ["--require", SEEDED_RANDOM, ...loader, file];
    const ended = await runNode(process.execPath, args, folder, { TRACKBOOK_TESTING: "1" });
    const store = join(folder, "mlruns");
    const stored = existsSync(store);
    return { ...ended, stored, runs: stored ? runsIn(store) : [] };
  }

  remove(): void {
    rmSync(this.#installed, { recursive: true, force: true });
  }
}

/** What a program shows a person: all that it prints, and how it ends. */
export const shown = ({ code, stdout, stderr }: EndedProcess): EndedProcess => ({ code, stdout, stderr });
