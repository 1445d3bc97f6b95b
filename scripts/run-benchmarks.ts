/**
 * Runs all benchmarks one after the other, prints one table, and writes it into the README with the date and the machine.
 *
 * npm run bench [-- --quick] [-- --built FOLDER] [-- NAME …]
 *
 * When only some are named the README stays as it is. One that fails keeps the others from nothing; the exit code tells.
 */
import { fork } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Figure } from "../benchmarks/support/figure";
import { benchmarkTable, between, type Machine } from "./benchmark-table";
import { CACHE, REPOSITORY } from "./repository";

const BENCHMARKS = join(REPOSITORY, "benchmarks");
const README = join(REPOSITORY, "README.md");
/** Files beside the benchmarks that are none. */
const OTHERS = new Set(["profile"]);

async function runBenchmarks(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean" }, built: { type: "string" } },
    allowPositionals: true,
  });
  const { quick: isQuick = false, built } = values;
  const all = readdirSync(BENCHMARKS)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .filter((name) => !OTHERS.has(name));
  const machine = describeMachine(isQuick);
  const folder = join(CACHE, "benchmarks", String(process.pid));
  mkdirSync(folder, { recursive: true });
  const args = ["--folder", folder, ...(isQuick ? ["--quick"] : []), ...(built ? ["--built", built] : [])];
  const figures: Figure[] = [];
  const failed: string[] = [];
  try {
    for (const name of positionals.length > 0 ? positionals : all) {
      const start = performance.now();
      const measured = await figuresOf(name, args);
      if (measured.length > 0) figures.push(...measured);
      else failed.push(name);
      console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }
  } finally {
    // All at once and last: in the place of files that were just removed ext4 makes new ones many times more slowly.
    rmSync(folder, { recursive: true, force: true });
  }
  const table = benchmarkTable({ figures, failed, machine });
  console.log(`\n${table}`);
  if (positionals.length === 0) writeFileSync(README, between(readFileSync(README, "utf8"), table));
  if (failed.length > 0) process.exitCode = 1;
}

/** Runs one benchmark in a process of its own, which shows its figures and sends them; none when it fails. */
function figuresOf(name: string, args: readonly string[]): Promise<readonly Figure[]> {
  return new Promise((resolve) => {
    const child = fork(join(BENCHMARKS, `${name}.ts`), args, { execArgv: ["--import", "tsx"] });
    let figures: readonly Figure[] = [];
    child.on("message", (message) => {
      figures = message as readonly Figure[];
    });
    child.on("error", (error) => {
      console.error(error);
      resolve([]);
    });
    child.on("exit", (code) => {
      if (code !== 0) console.error(`the benchmark ${name} failed (${code})`);
      resolve(code === 0 ? figures : []);
    });
  });
}

function describeMachine(isQuick: boolean): Machine {
  return {
    time: new Date(),
    processor: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    node: process.versions.node,
    load: loadavg()[0] as number,
    isQuick,
  };
}

void runBenchmarks();
