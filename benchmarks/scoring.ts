/**
 * A served model under load: `trackbook models serve` beside `mlflow models serve`, one process each, asked in turns over the same number of connections.
 * Linear regressions of ten columns and forests of 100 trees: those of ml.js here, those of scikit-learn there.
 *
 *     npm run build && tsx benchmarks/scoring.ts [--quick]
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./support/figure";
import { httpLoad, type LoadResult } from "./support/http-load";
import { firstAnswer, freePort, type Served, startOurs, startPython } from "./support/served";
import { makeModels, rowsRequest } from "./support/served-models";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

const CONNECTIONS = 8;

interface Case {
  readonly name: string;
  readonly model: "linear" | "forest";
  readonly rows: number;
  /** How many times Python's requests a second. */
  readonly times: number;
}

const CASES: readonly Case[] = [
  { name: "one row, linear model", model: "linear", rows: 1, times: 20 },
  { name: "one row, forest of 100 trees", model: "forest", rows: 1, times: 10 },
  { name: "1,000 rows, linear model", model: "linear", rows: 1000, times: 2 },
];

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const [ours, python] = [join(folder, "ours"), join(folder, "python")];
  for (const made of [ours, python]) mkdirSync(made);
  makeModels(built, ours, python);
  const [rounds, ms] = isQuick ? [1, 1000] : [5, 3000];
  const figures: Figure[] = [];
  for (const model of ["linear", "forest"] as const) {
    const servers = [
      startOurs(built, ours, model, await freePort()),
      startPython(python, model, await freePort()),
    ] as const;
    try {
      for (const server of servers) await firstAnswer(server, rowsRequest(1));
      for (const one of CASES.filter((one) => one.model === model))
        figures.push(...(await compare(one, servers, rounds, ms)));
    } finally {
      for (const server of servers) await server.end();
    }
  }
  return figures;
}

async function compare(
  { name, rows, times }: Case,
  [ours, python]: readonly [Served, Served],
  rounds: number,
  ms: number,
): Promise<Figure[]> {
  const body = rowsRequest(rows);
  const results: [ours: LoadResult, python: LoadResult][] = [];
  // The first is to get warm.
  for (let round = 0; round <= rounds; round++) {
    const pair = [
      await httpLoad(ours.url, body, ms, CONNECTIONS),
      await httpLoad(python.url, body, ms, CONNECTIONS),
    ] as const;
    if (round > 0) results.push([...pair]);
  }
  const of = (which: 0 | 1, what: keyof LoadResult) => median(results.map((pair) => pair[which][what]));
  const rate = of(1, "rate");
  const p99 = of(1, "p99");
  return [
    {
      name: `scoring, ${name}`,
      value: of(0, "rate"),
      unit: "/s",
      limit: { atLeast: times * rate },
      peer: { name: "Python", value: rate },
    },
    {
      name: `scoring, ${name}: 99 of 100 within`,
      value: of(0, "p99"),
      unit: "ms",
      limit: { atMost: p99 },
      peer: { name: "Python", value: p99 },
    },
  ];
}

void runBenchmark(measure);
