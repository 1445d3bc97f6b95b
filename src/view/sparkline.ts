import { bounded, downsample, type Extent, extentOf, type HistoryPoint } from "./history";
import { Markup, markup } from "./markup";
import { formatNumber } from "./format";

const BLOCKS = "▁▂▃▄▅▆▇█";
const COLUMNS = 64;
const WIDTH = 256;
const HEIGHT = 40;

/** A history as one line of block characters; `×` where it holds no finite value. */
export function textSparkline(points: readonly HistoryPoint[], width: number): string {
  const extent = extentOf([points]);
  const [first] = points;
  if (first === undefined || extent === undefined) {
    return points.length === 0 ? "" : "×".repeat(Math.min(width, points.length));
  }
  const columns = Math.min(width, points.length);
  const values: (number | undefined)[] = new Array(columns).fill(undefined);
  const span = extent.lastStep - extent.firstStep || 1;
  let filled = Number.NaN;
  for (let index = 0; index < points.length; index++) {
    const { step, value } = points[index] as HistoryPoint;
    const column = Math.min(columns - 1, Math.floor(((step - extent.firstStep) / span) * columns));
    values[column] = value;
  }
  return values
    .map((value) => {
      filled = value ?? filled;
      return blockOf(filled, extent);
    })
    .join("");
}

function blockOf(value: number, { lowest, highest }: Extent): string {
  if (!Number.isFinite(value)) {
    return "×";
  }
  const share = highest === lowest ? 0.5 : (bounded(value) - lowest) / (highest - lowest);
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))] ?? "";
}

/**
 * A history as a small curve that stretches with its cell; a dot marks the last point, a break what is not finite.
 */
export function sparkline(key: string, points: readonly HistoryPoint[]): Markup | undefined {
  const extent = extentOf([points]);
  if (points.length < 2 || extent === undefined) {
    return undefined;
  }
  const { path, end } = trace(downsample(points, COLUMNS), extent);
  const hasValue = ({ value }: HistoryPoint): boolean => Number.isFinite(value);
  const [from, to] = [points.find(hasValue), points.findLast(hasValue)].map((point) =>
    formatNumber(point?.value ?? Number.NaN),
  );
  const label = `${key}: ${from} to ${to}`;
  return markup`<svg class="spark" viewBox="-4 -5 ${WIDTH + 8} ${HEIGHT + 10}" preserveAspectRatio="none" width="200" height="26" role="img" fill="none" stroke="currentColor"><title>${label}</title>${Markup.trusted(
    `<path d="${path}" vector-effect="non-scaling-stroke"/><path stroke-width="5" d="M${end}h0" vector-effect="non-scaling-stroke"/>`,
  )}</svg>`;
}

function trace(points: readonly HistoryPoint[], extent: Extent): { path: string; end: string } {
  const scaleX = WIDTH / (extent.lastStep - extent.firstStep || 1);
  const range = extent.highest - extent.lowest;
  let path = "";
  let lastX = 0;
  let lastY = 0;
  let isBroken = true;
  for (const { step, value } of points) {
    if (!Number.isFinite(value)) {
      isBroken = true;
      continue;
    }
    const x = Math.round((step - extent.firstStep) * scaleX);
    const y = range === 0 ? HEIGHT / 2 : Math.round(((extent.highest - bounded(value)) / range) * HEIGHT);
    if (isBroken) {
      path += `M${x},${y}`;
    } else if (x !== lastX || y !== lastY) {
      path += `l${x - lastX},${y - lastY}`;
    }
    isBroken = false;
    lastX = x;
    lastY = y;
  }
  return { path, end: `${lastX},${lastY}` };
}
