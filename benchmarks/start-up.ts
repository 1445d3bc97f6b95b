/**
 * `require("trackbook")` in a process that does nothing else, over a start of Node alone. Python imports MLflow in the same rounds.
 *
 *     npm run build && tsx benchmarks/start-up.ts [rounds] [folder of the built package]
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CACHE, DIST } from "../scripts/repository";

const PYTHON = join(CACHE, "venv/bin/python");
const COUNT = "require(process.argv[1]); console.log(Object.keys(require.cache).length)";

function main(rounds: number, built: string): void {
  const programs = {
    node: [process.execPath, "-e", "0"],
    ours: [process.execPath, "-e", "require(process.argv[1])", built],
    python: [PYTHON, "-c", "0"],
    mlflow: [PYTHON, "-c", "import mlflow"],
  } as const;
  const times = { node: [] as number[], ours: [] as number[], python: [] as number[], mlflow: [] as number[] };
  const names = Object.keys(programs) as (keyof typeof programs)[];
  // The first start of each brings its files into the system's cache.
  for (const name of names) timed(programs[name]);
  for (let round = 0; round < rounds; round++) for (const name of names) times[name].push(timed(programs[name]));

  const ours = median(times.ours) - median(times.node);
  const mlflow = median(times.mlflow) - median(times.python);
  const modules = spawnSync(process.execPath, ["-e", COUNT, built], { encoding: "utf8" }).stdout.trim();
  const row = (name: string, milliseconds: number, note: string) =>
    console.log(`${name.padEnd(34)} ${milliseconds.toFixed(1).padStart(7)} ms   ${note}`);
  console.log(`medians of ${rounds}`);
  row("node -e 0", median(times.node), "");
  row('node -e require("trackbook")', median(times.ours), `${modules} modules (to reach: 120)`);
  row("trackbook over Node's start", ours, `(to reach: 60)   ${(mlflow / ours).toFixed(1)} × Python`);
  row("mlflow over Python's start", mlflow, "");
}

/** Milliseconds that a program took from its start to its end. */
function timed([command, ...args]: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command as string, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
}

main(Number(process.argv[2] ?? 15), process.argv[3] ?? DIST);
