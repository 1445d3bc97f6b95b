/** One figure that was measured, and what it is to be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "/s" | "%" | "modules" | "MB";
  /** What is to be reached: at most so much, or at least. */
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  /** What was measured beside it, in the same rounds and in the same unit. */
  readonly peer?: { readonly name: string; readonly value: number };
  /** What cannot be done without, measured alone in the same rounds: nobody gets below it. */
  readonly bound?: { readonly name: string; readonly value: number };
}

export const isMet = ({ value, limit }: Figure): boolean =>
  "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;

/** How many times better than the peer: less time, or more a second. */
export function ratioOf({ value, limit, peer }: Figure): number | undefined {
  if (!peer) return undefined;
  return "atMost" in limit ? peer.value / value : value / peer.value;
}

/** A figure's texts, as they stand in a table. */
export interface FigureRow {
  readonly figure: string;
  readonly value: string;
  readonly limit: string;
  readonly peer: string;
  readonly ratio: string;
  readonly met: string;
}

export function toRow(figure: Figure): FigureRow {
  const { name, value, unit, limit, peer, bound } = figure;
  const ratio = ratioOf(figure);
  const beside = [
    ...(peer ? [`${quantity(peer.value, unit)} (${peer.name})`] : []),
    ...(bound ? [`at least ${quantity(bound.value, unit)} (${bound.name})`] : []),
  ];
  return {
    figure: name,
    value: quantity(value, unit),
    limit: "atMost" in limit ? `≤ ${quantity(limit.atMost, unit)}` : `≥ ${quantity(limit.atLeast, unit)}`,
    peer: beside.join("; "),
    ratio: ratio === undefined ? "" : `${number(ratio)} ×`,
    met: isMet(figure) ? "yes" : "no",
  };
}

/** Prints the figures, and hands them to the process that runs all benchmarks, if that has started this one. */
export function report(figures: readonly Figure[]): void {
  for (const figure of figures) {
    const row = toRow(figure);
    const beside = row.peer && `   beside: ${row.peer}${row.ratio && `, ${row.ratio}`}`;
    console.log(`${row.figure.padEnd(62)} ${row.value.padStart(12)}   to reach: ${row.limit}, ${row.met}${beside}`);
  }
  process.send?.(figures);
}

function quantity(value: number, unit: Figure["unit"]): string {
  if (unit === "/s" || unit === "%") return `${number(value)}${unit}`;
  return `${number(value)} ${unit}`;
}

/** Three digits that count, whole numbers in groups. */
function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString("en", digits);
}
