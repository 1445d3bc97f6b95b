import { formatCount, formatDuration, formatNumber } from "../format";
import type { CardProgress } from "./description";

/** What is said about the progress of a run. */
export interface ProgressFacts {
  readonly progress?: CardProgress;
  readonly elapsedMs?: number;
  readonly rate?: number;
  readonly etaMs?: number;
}

/** `epoch 27 / 40`, `3.1 s`, `8.7 epochs/s`, `≈ 1.5 s left`: what is known of them, in this order. */
export function progressWords({ progress, elapsedMs, rate, etaMs }: ProgressFacts): readonly string[] {
  const words: string[] = [];
  if (progress !== undefined) {
    const total = progress.total === undefined ? "" : ` / ${formatCount(progress.total)}`;
    words.push(`${progress.unit} ${formatCount(progress.done)}${total}`);
  }
  if (elapsedMs !== undefined) {
    words.push(formatDuration(elapsedMs));
  }
  if (rate !== undefined && rate > 0) {
    words.push(rateWords(rate, progress?.unit ?? "step"));
  }
  if (etaMs !== undefined) {
    words.push(`≈ ${formatDuration(etaMs)} left`);
  }
  return words;
}

function rateWords(rate: number, unit: string): string {
  if (rate < 0.95) {
    return `${formatDuration(1000 / rate)}/${unit}`;
  }
  return `${rate < 100 ? formatNumber(Number(rate.toPrecision(2))) : formatCount(rate)} ${unit}s/s`;
}

/** The done share of a progress, 0 to 1; undefined when the total is not known. */
export function progressShare(progress: CardProgress | undefined): number | undefined {
  const total = progress?.total;
  return progress === undefined || total === undefined || total <= 0
    ? undefined
    : Math.min(1, Math.max(0, progress.done / total));
}
