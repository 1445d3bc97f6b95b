import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE, REPOSITORY } from "../repository";
import { runCommand } from "../run-command";
import { installDebianPackages } from "./debian";
import type { Part } from "./part";
import { Stamp } from "./stamp";

const FOLDER = join(CACHE, "venv");
const REQUIREMENTS = join(REPOSITORY, "scripts/requirements.txt");
const CONSTRAINTS = join(REPOSITORY, "scripts/constraints.txt");
const PATHS = { python: join(FOLDER, "bin/python"), jupyter: join(FOLDER, "bin/jupyter") };

const stamp = new Stamp(FOLDER, readFileSync(REQUIREMENTS, "utf8"), readFileSync(CONSTRAINTS, "utf8"));

export const python: Part<"python"> = {
  name: "python",
  what: "Python 3.11 or later with Jupyter, MLflow and scikit-learn",
  needs: [],
  command: "sudo apt-get install python3 python3-venv && npm run prepare-tests",
  find: () => (stamp.isCurrent() && existsSync(PATHS.jupyter) ? PATHS : undefined),
  async supply() {
    await ensureVenvModule();
    if (!existsSync(PATHS.python)) await runCommand("python3", ["-m", "venv", "--clear", FOLDER]);
    await runCommand(PATHS.python, ["-m", "pip", "install", "-q", "-r", REQUIREMENTS, "-c", CONSTRAINTS]);
    stamp.write();
  },
};

/** Debian keeps the module that makes virtual environments in a package of its own. */
export async function ensureVenvModule(): Promise<void> {
  const present = await runCommand("python3", ["-c", "import ensurepip, venv"]).then(
    () => true,
    () => false,
  );
  if (!present) await installDebianPackages(["python3", "python3-venv"]);
}
