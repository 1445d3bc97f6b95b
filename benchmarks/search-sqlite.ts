/**
 * Searches of every kind on SQLite: 10,000 and 100,000 runs in databases that trackbook made, and 10,000 in one that Python's MLflow made, without
 * our indexes, on which Python does the same in the same rounds.
 *
 *     npm run build && tsx benchmarks/search-sqlite.ts [--quick]
 */
import { join } from "node:path";
import { askedNode, askedPython, type AskedProcess } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { manyRuns } from "./support/many-runs";
import { experimentOf, OUR_SEARCHES, type Search, SEARCHES } from "./support/searches";
import { runPython } from "./support/served";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers a search with the milliseconds that it took, and the ids of the runs. */
const OURS = `
const [, built, path] = process.argv;
const { openTrackingStore } = require(built + "/stores");
const { encodeOffset } = require(built + "/search");
const { requireSqlite } = require(built + "/stores/sql/drivers");
const store = openTrackingStore("sqlite:///" + path);
store.searchExperiments({});
const kinds = {
  fill(statements) {
    const driver = requireSqlite(path)(path, {});
    driver.script("pragma synchronous = off; pragma cache_size = -200000; begin");
    for (const statement of statements) driver.script(statement);
    driver.script("commit");
    driver.close();
    return [];
  },
  search({ experiment, query: { offset, maxResults = 100, ...query } }) {
    const pageToken = offset ? encodeOffset(offset) : undefined;
    return store.searchRuns([experiment], { ...query, maxResults, pageToken }).items.map(({ info }) => info.runId);
  },
};
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [kind, what] = JSON.parse(line);
  const start = performance.now();
  const ids = kinds[kind](what);
  console.log(JSON.stringify({ ms: performance.now() - start, ids }));
});`;

const PYTHON = `
import json, sys, time
from mlflow.tracking import MlflowClient
from mlflow.utils.search_utils import SearchUtils
client = MlflowClient("sqlite:///" + sys.argv[1])
for line in sys.stdin:
    _, search = json.loads(line)
    query = search["query"]
    token = SearchUtils.create_page_token(query["offset"]) if "offset" in query else None
    start = time.perf_counter()
    runs = client.search_runs([search["experiment"]], query.get("filter", ""), order_by=query.get("orderBy"), max_results=query.get("maxResults", 100), page_token=token)
    print(json.dumps({"ms": (time.perf_counter() - start) * 1000, "ids": [run.info.run_id for run in runs]}), flush=True)
`;

const MAKE = `
import sys
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
SqlAlchemyStore("sqlite:///" + sys.argv[1], "artifacts")
`;

interface Answer {
  readonly ms: number;
  readonly ids: readonly string[];
}

const ask = (process: AskedProcess, kind: "fill" | "search", what: unknown): Promise<Answer> =>
  process.ask<Answer>(JSON.stringify([kind, what]));

const asked = (search: Search) => ({ ...search, experiment: experimentOf(search) });

/** Milliseconds of each search in each of the databases: the median, or the shortest for one alone. */
async function timesOf(search: Search, processes: readonly AskedProcess[], rounds: number): Promise<number[]> {
  const times = processes.map((): number[] => []);
  // The first is to get warm.
  for (let round = 0; round <= rounds; round++) {
    const answers: Answer[] = [];
    for (const process of processes) answers.push(await ask(process, "search", asked(search)));
    const found = answers.map(({ ids }) => ids.join());
    if (found.some((ids) => ids !== found[0])) throw new Error(`${search.name}: they find different runs`);
    if (round > 0) for (const [index, { ms }] of answers.entries()) times[index]?.push(ms);
  }
  return times.map(median);
}

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const [few, many, rounds] = isQuick ? [1_000, 10_000, 3] : [10_000, 100_000, 5];
  const paths = ["few", "many", "python"].map((name) => join(folder, `${name}.db`)) as [string, string, string];
  runPython(MAKE, [paths[2]], folder);
  const [small, large, theirs] = paths.map((path) => askedNode(OURS, [built, path])) as [
    AskedProcess,
    AskedProcess,
    AskedProcess,
  ];
  await ask(small, "fill", manyRuns("sqlite", few));
  await ask(large, "fill", manyRuns("sqlite", many));
  await ask(theirs, "fill", manyRuns("sqlite", few));
  const python = askedPython(PYTHON, [paths[2]]);
  const figures: Figure[] = [];
  const name = (count: number, what: string) => `SQLite, ${count.toLocaleString("en")} runs: ${what}`;
  const alone = async (process: AskedProcess, search: Search) =>
    (await timesOf(search, [process], rounds))[0] as number;

  const [newest, selective] = [SEARCHES[0], SEARCHES.find((search) => search.name.startsWith("selective"))] as [
    Search,
    Search,
  ];
  const times = new Map<string, number>();
  for (const search of [...SEARCHES, ...OUR_SEARCHES]) times.set(search.name, await alone(large, search));
  // A page of 1,000 is for its size.
  const [slowest, longest] = [...times]
    .filter(([search]) => !search.includes("page of 1,000"))
    .toSorted(([, a], [, b]) => b - a)[0] as [string, number];
  const atMost = 2 * (await alone(small, newest));
  figures.push(
    { name: name(many, newest.name), value: times.get(newest.name) ?? 0, unit: "ms", limit: { atMost } },
    { name: name(many, selective.name), value: times.get(selective.name) ?? 0, unit: "ms", limit: { atMost: 50 } },
    {
      name: name(many, `the slowest of ${times.size} searches (${slowest})`),
      value: longest,
      unit: "ms",
      limit: { atMost: 300 },
    },
  );
  const compared: { search: Search; value: number; peer: number }[] = [];
  for (const search of SEARCHES) {
    const [value, peer] = (await timesOf(search, [theirs, python], rounds)) as [number, number];
    compared.push({ search, value, peer });
    console.log(
      `${search.name.padEnd(62)} ${value.toFixed(1).padStart(8)} ms, Python ${peer.toFixed(1).padStart(8)} ms, ${(peer / value).toFixed(1)} ×`,
    );
  }
  const { search, value, peer } = compared.toSorted(
    (a, b) => a.peer / a.value - b.peer / b.value,
  )[0] as (typeof compared)[0];
  figures.push({
    name: name(few, `made by Python, the search of ${compared.length} that gains least (${search.name})`),
    value,
    unit: "ms",
    limit: { atMost: peer },
    peer: { name: "Python on the same database", value: peer },
  });
  for (const process of [small, large, theirs, python]) await process.end();
  return figures;
}

void runBenchmark(measure);
