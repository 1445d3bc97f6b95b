import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Figure } from "../../../benchmarks/support/figure";
import { type BenchmarkResults, benchmarkTable, between } from "../../../scripts/benchmark-table";
import { REPOSITORY } from "../../../scripts/repository";

const figures: readonly Figure[] = [
  { name: "new run", value: 0.6712, unit: "ms", limit: { atMost: 1 }, peer: { name: "Python", value: 3.4 } },
  { name: "many", value: 8, unit: "ms", limit: { atMost: 5 }, bound: { name: "files alone", value: 6 } },
  { name: "stored a|b", value: 400_000, unit: "/s", limit: { atLeast: 500_000 } },
];
const results: BenchmarkResults = {
  figures,
  failed: [],
  machine: {
    time: new Date("2026-11-25T10:00:00Z"),
    processor: "A Processor",
    cores: 4,
    node: "20.20.2",
    load: 0.3,
    isQuick: false,
  },
};

describe("the table of the benchmarks", () => {
  test("says day and machine, and of each figure what is to be reached and by how much it is better than the peer", () => {
    expect(benchmarkTable(results)).toBe(`2026-11-25, A Processor, 4 cores, Node 20.20.2. Medians.

| figure | trackbook | to reach | beside it | better by | reached |
|---|---|---|---|---|---|
| new run | 0.671 ms | ≤ 1 ms | 3.4 ms (Python) | 5.07 × | yes |
| many | 8 ms | ≤ 5 ms | at least 6 ms (files alone) |  | no |
| stored a\\|b | 400,000/s | ≥ 500,000/s |  |  | no |

1 of 3 are reached.`);
  });

  test("owns up to a busy machine, few rounds, and a benchmark that failed", () => {
    const table = benchmarkTable({
      ...results,
      failed: ["scoring"],
      machine: { ...results.machine, load: 7.04, isQuick: true },
    });
    expect(table).toContain("on a busy machine (load 7.0 before the first). Medians of few rounds (`--quick`).");
    expect(table).toContain("Not measured, because it failed: scoring.");
  });

  test("stands in the place of the last one, and nothing else of the README changes", () => {
    const readme = "before\n<!-- benchmarks -->\nold | table\n<!-- /benchmarks -->\nafter\n";
    const once = between(readme, "new");
    expect(once).toBe("before\n<!-- benchmarks -->\nnew\n<!-- /benchmarks -->\nafter\n");
    expect(between(once, "newer")).toBe(once.replace("new", "newer"));
    expect(() => between("no place", "new")).toThrow("<!-- benchmarks --> … <!-- /benchmarks -->");
    expect(() => between("<!-- /benchmarks --> <!-- benchmarks -->", "new")).toThrow();
  });

  test("has its place in this project's README", () => {
    expect(between(readFileSync(join(REPOSITORY, "README.md"), "utf8"), "THE TABLE")).toContain("\nTHE TABLE\n");
  });
});
