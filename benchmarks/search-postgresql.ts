/**
 * Searches of every kind on PostgreSQL, among 1,000,000 runs made by SQL in a server of its own: 6 GB of disk and some minutes, with `--quick`
 * 20,000 runs.
 *
 *     npm run build && tsx benchmarks/search-postgresql.ts [--quick]
 */
import { readFileSync } from "node:fs";
import { PART_STATES, type PartStates } from "../scripts/parts";
import { startPostgresql } from "../tests/support/database-server";
import { askedNode } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { fillPostgresql } from "./support/fill-postgresql";
import { experimentOf, OUR_SEARCHES, SEARCHES } from "./support/searches";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers a search with the milliseconds that it took. */
const OURS = `
const [, built, uri] = process.argv;
const { serverStores } = require(built + "/stores/sql");
const { encodeOffset } = require(built + "/search");
const { tracking, close } = serverStores({ uri });
const search = async ({ experiment, query: { offset, maxResults = 100, ...query } }) => {
  const start = performance.now();
  await tracking.searchRuns([experiment], { ...query, maxResults, pageToken: offset ? encodeOffset(offset) : undefined });
  return performance.now() - start;
};
require("node:readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  console.log(JSON.stringify(await search(JSON.parse(line))));
}).on("close", close);`;

async function measure({ built, isQuick }: Setting): Promise<Figure[]> {
  const { postgresql } = JSON.parse(readFileSync(PART_STATES, "utf8")) as PartStates;
  if (!postgresql.ready) throw new Error("PostgreSQL is missing: npm run prepare-tests says how to get it");
  const [runs, rounds] = isQuick ? [20_000, 3] : [1_000_000, 7];
  const server = await startPostgresql(postgresql.paths);
  try {
    const uri = await server.database("many");
    const process = askedNode(OURS, [built, uri]);
    const timeOf = async (search: (typeof SEARCHES)[number]): Promise<number> => {
      const question = JSON.stringify({ ...search, experiment: experimentOf(search) });
      // The first is to get warm.
      await process.ask(question);
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await process.ask(question));
      return median(times);
    };
    // It makes the schema.
    await process.ask(JSON.stringify({ experiment: "0", query: {} }));
    await fillPostgresql(uri, runs);
    const times = new Map<string, number>();
    for (const search of [...SEARCHES, ...OUR_SEARCHES]) {
      const time = await timeOf(search);
      times.set(search.name, time);
      console.log(`${search.name.padEnd(62)} ${time.toFixed(1).padStart(8)} ms`);
    }
    await process.end();
    const name = (what: string) => `PostgreSQL, ${runs.toLocaleString("en")} runs: ${what}`;
    const timed = (what: string) => [...times].find(([search]) => search.startsWith(what))?.[1] ?? Number.NaN;
    return [
      { name: name("default order, a page of 100"), value: timed("default order"), unit: "ms", limit: { atMost: 50 } },
      {
        name: name("two metrics and a param, by a metric"),
        value: timed("selective"),
        unit: "ms",
        limit: { atMost: 100 },
      },
    ];
  } finally {
    await server.stop();
  }
}

void runBenchmark(measure);
