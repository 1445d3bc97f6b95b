import { type Figure, type FigureRow, isMet, toRow } from "../benchmarks/support/figure";

/** What a run of the benchmarks has given. */
export interface BenchmarkResults {
  readonly figures: readonly Figure[];
  /** Benchmarks that gave no figures. */
  readonly failed: readonly string[];
  readonly machine: Machine;
}

/** When and where it was measured. */
export interface Machine {
  readonly time: Date;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  /** Processes that ran or waited for a processor before the first benchmark, on average of a minute. */
  readonly load: number;
  readonly isQuick: boolean;
}

const MARKERS = ["<!-- benchmarks -->", "<!-- /benchmarks -->"] as const;

const COLUMNS: readonly (readonly [string, keyof FigureRow])[] = [
  ["figure", "figure"],
  ["trackbook", "value"],
  ["to reach", "limit"],
  ["beside it", "peer"],
  ["better by", "ratio"],
  ["reached", "met"],
];

/** The README's piece on speed: one line on the machine, the table, how many figures are reached. */
export function benchmarkTable({ figures, failed, machine }: BenchmarkResults): string {
  const met = figures.filter(isMet).length;
  const missing = failed.length > 0 ? ` Not measured, because it failed: ${failed.join(", ")}.` : "";
  return [
    describeMachine(machine),
    "",
    line(COLUMNS.map(([title]) => title)),
    `|${"---|".repeat(COLUMNS.length)}`,
    ...figures.map(toRow).map((row) => line(COLUMNS.map(([, key]) => row[key]))),
    "",
    `${met} of ${figures.length} are reached.${missing}`,
  ].join("\n");
}

/** `|` in a cell would end it. */
const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

function describeMachine({ time, processor, cores, node, load, isQuick }: Machine): string {
  const busy = load > cores / 4 ? `, on a busy machine (load ${load.toFixed(1)} before the first)` : "";
  const few = isQuick ? " of few rounds (`--quick`)" : "";
  return `${time.toISOString().slice(0, 10)}, ${processor}, ${cores} cores, Node ${node}${busy}. Medians${few}.`;
}

/** `readme` with `table` in the place of what stands between the markers. @throws Error when they are not there */
export function between(readme: string, table: string): string {
  const [start, end] = MARKERS.map((marker) => readme.indexOf(marker)) as [number, number];
  if (start < 0 || end < start) throw new Error(`the README has no ${MARKERS.join(" … ")}`);
  return `${readme.slice(0, start)}${MARKERS[0]}\n${table}\n${readme.slice(end)}`;
}
