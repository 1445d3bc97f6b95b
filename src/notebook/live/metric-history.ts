import type { HistoryPoint } from "../../view";

const MOST_POINTS = 3000;
const GROUP = 6;

/** The history of one metric in bounded memory: what does not fit is thinned out, and no low, high or NaN is lost by it. */
export class MetricHistory {
  #points: HistoryPoint[] = [];

  add(step: number, value: number): void {
    if (this.#points.length >= MOST_POINTS) this.#points = thin(this.#points);
    this.#points.push({ step, value });
  }

  get points(): readonly HistoryPoint[] {
    return this.#points;
  }
}

/** At most half of the points: of each six the lowest, the highest and the first that is no number. */
function thin(points: readonly HistoryPoint[]): HistoryPoint[] {
  const kept: HistoryPoint[] = [];
  for (let start = 0; start < points.length; start += GROUP) {
    const group = points.slice(start, start + GROUP);
    const finite = group.filter(({ value }) => Number.isFinite(value));
    const chosen = new Set([
      finite.reduce<HistoryPoint | undefined>(
        (low, point) => (low && low.value <= point.value ? low : point),
        undefined,
      ),
      finite.reduce<HistoryPoint | undefined>(
        (high, point) => (high && high.value >= point.value ? high : point),
        undefined,
      ),
      group.find(({ value }) => !Number.isFinite(value)),
    ]);
    kept.push(...group.filter((point) => chosen.has(point)));
  }
  return kept;
}
