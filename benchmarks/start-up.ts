/**
 * `require("trackbook")` in a process that does nothing else, over a start of Node alone. Python imports MLflow in the same rounds.
 *
 *     npm run build && tsx benchmarks/start-up.ts [--quick]
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CACHE } from "../scripts/repository";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

const PYTHON = join(CACHE, "venv/bin/python");
const COUNT = "require(process.argv[1]); console.log(Object.keys(require.cache).length)";

async function measure({ built, isQuick }: Setting): Promise<Figure[]> {
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
  for (let round = isQuick ? 5 : 15; round > 0; round--)
    for (const name of names) times[name].push(timed(programs[name]));
  return [
    {
      name: '`require("trackbook")`, over Node\'s start',
      value: median(times.ours) - median(times.node),
      unit: "ms",
      limit: { atMost: 60 },
      peer: { name: "Python's `import mlflow`", value: median(times.mlflow) - median(times.python) },
    },
    {
      name: 'modules that `require("trackbook")` loads',
      value: Number(spawnSync(process.execPath, ["-e", COUNT, built], { encoding: "utf8" }).stdout),
      unit: "modules",
      limit: { atMost: 120 },
    },
  ];
}

/** Milliseconds that a program took from its start to its end. */
function timed([command, ...args]: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command as string, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

void runBenchmark(measure);
