/**
 * Runs all benchmarks one after the other, prints one table, and writes it into the README with the date and the machine.
 *
 * npm run bench [-- --quick] [-- --built FOLDER] [-- NAME …]
 *
 * With `--quick`, or when only some are named, the README stays as it is.
 */
import { fork } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { type Figure, type FigureRow, isMet, toRow } from "../benchmarks/support/figure";
import { REPOSITORY } from "./repository";

const BENCHMARKS = join(REPOSITORY, "benchmarks");
const README = join(REPOSITORY, "README.md");
const MARKERS = ["<!-- benchmarks -->", "<!-- /benchmarks -->"] as const;
/** Files beside the benchmarks that are none. */
const OTHERS = new Set(["profile"]);

async function runBenchmarks(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean" }, built: { type: "string" } },
    allowPositionals: true,
  });
  const all = readdirSync(BENCHMARKS)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .filter((name) => !OTHERS.has(name));
  const wanted = positionals.length > 0 ? positionals : all;
  const load = loadavg()[0] as number;
  const figures: Figure[] = [];
  const args = [...(values.quick ? ["--quick"] : []), ...(values.built ? ["--built", values.built] : [])];
  for (const name of wanted) figures.push(...(await figuresOf(name, args)));
  const table = `${machine(load)}\n\n${toTable(figures.map(toRow))}`;
  console.log(`\n${table}\n\n${figures.filter(isMet).length} of ${figures.length} met`);
  if (!values.quick && positionals.length === 0) writeFileSync(README, between(readFileSync(README, "utf8"), table));
}

/** Runs one benchmark in a process of its own, which shows its figures and sends them. */
function figuresOf(name: string, args: readonly string[]): Promise<readonly Figure[]> {
  return new Promise((resolve, reject) => {
    const child = fork(join(BENCHMARKS, `${name}.ts`), args, { execArgv: ["--import", "tsx"] });
    let figures: readonly Figure[] = [];
    child.on("message", (message) => {
      figures = message as readonly Figure[];
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 && figures.length > 0 ? resolve(figures) : reject(new Error(`the benchmark ${name} failed (${code})`)),
    );
  });
}

/** One line: the day, the processor and Node, and how busy the machine was before the first benchmark. */
function machine(load: number): string {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const date = new Date().toISOString().slice(0, 10);
  const busy = load > cores / 4 ? `, on a busy machine (load ${load.toFixed(1)} before the first)` : "";
  return `${date}, ${model}, ${cores} cores, Node ${process.versions.node}${busy}. Medians.`;
}

const COLUMNS: readonly (readonly [string, keyof FigureRow])[] = [
  ["figure", "figure"],
  ["trackbook", "value"],
  ["to reach", "limit"],
  ["beside it", "peer"],
  ["better by", "ratio"],
  ["reached", "met"],
];

function toTable(rows: readonly FigureRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(COLUMNS.map(([title]) => title)),
    `|${"---|".repeat(COLUMNS.length)}`,
    ...rows.map((row) => line(COLUMNS.map(([, key]) => row[key]))),
  ].join("\n");
}

function between(text: string, table: string): string {
  const [start, end] = MARKERS.map((marker) => text.indexOf(marker)) as [number, number];
  if (start < 0 || end < start) throw new Error(`README.md has no ${MARKERS.join(" … ")}`);
  return `${text.slice(0, start)}${MARKERS[0]}\n${table}\n${text.slice(end)}`;
}

void runBenchmarks();
