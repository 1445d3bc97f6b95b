import { bounded, downsample, extentOf, type HistoryPoint } from "../history";
import { Markup, markup } from "../markup";
import { linearScale, logScale, type Scale, stepScale } from "../scale";
import { seriesColours } from "../tokens";
import type { MetricChart } from "./description";

const UNITS = 1000;
const MOST_COLUMNS = 300;
const MOST_POINTS = 2800;
const POINTS_PER_COLUMN = 4;

/** The colours of a plot, as SVG paint. */
export interface PlotPaint {
  readonly ink: string;
  readonly line: string;
}

/** How to draw a plot. */
export interface PlotOptions {
  readonly paint: PlotPaint;
  /** In pixels, without the labels of the step axis. */
  readonly height: number;
  readonly yTicks: number;
  /** The share of the points of one output that this plot may draw. @default 1 */
  readonly share?: number;
}

/** How many runs have a curve; further ones are in the table only. */
export const MOST_CURVES = seriesColours.length;

/** The colour of the series at a position. */
export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length] ?? seriesColours[0];
}

/** The colour of a series as a short line. */
export function swatch(index: number): Markup {
  return index < MOST_CURVES
    ? markup`<svg width="14" height="10" viewBox="0 0 14 10" aria-hidden="true"><path d="M1 5h12" stroke="${seriesColour(index)}" stroke-width="2.5" stroke-linecap="round"/></svg>`
    : markup`<span class="hide">no curve</span>`;
}

/**
 * Curves with axes, as wide as their surroundings: labels keep their size at every width. Labels of values hang out to the left,
 * those of steps below; leave 52 and 22 pixels.
 */
export function plot(chart: MetricChart, label: string, description: string, options: PlotOptions): Markup | undefined {
  const smoothing = Math.min(0.999, Math.max(0, chart.smoothing ?? 0));
  const raw = chart.series
    .slice(0, MOST_CURVES)
    .map(({ points }) => (chart.logScale ? points.filter(({ value }) => !(value <= 0)) : points));
  const extent = extentOf(raw);
  if (extent === undefined) {
    return undefined;
  }
  const y = chart.logScale
    ? logScale(extent.lowest, extent.highest)
    : linearScale(extent.lowest, extent.highest, options.yTicks);
  const x = stepScale(extent.firstStep, extent.lastStep, 6);
  const curveCount = raw.length * (smoothing > 0 ? 2 : 1);
  const columns = Math.max(
    8,
    Math.min(MOST_COLUMNS, Math.floor((MOST_POINTS * (options.share ?? 1)) / (POINTS_PER_COLUMN * curveCount))),
  );
  const curves = raw.map((points, index) => {
    const drawn = smoothing > 0 ? smooth(points, smoothing) : points;
    const pale = smoothing > 0 && curve(downsample(points, columns), index, x, y, "0.25");
    return markup`${pale}${curve(downsample(drawn, columns), index, x, y, "1")}`;
  });
  return markup`<svg width="100%" height="${options.height}" style="height:${options.height}px" overflow="visible" role="img" font-family="system-ui,sans-serif" font-size="11"><title>${label}</title><desc>${description}</desc>${gridLines(
    y,
    options,
  )}${stepLabels(x, options)}<svg width="100%" height="${options.height}" style="height:${options.height}px" viewBox="0 0 ${UNITS} ${UNITS}" preserveAspectRatio="none" overflow="visible" fill="none" stroke-linejoin="round" stroke-linecap="round">${curves}</svg></svg>`;
}

function gridLines(y: Scale, { height, paint }: PlotOptions): readonly Markup[] {
  return y.ticks.map(({ value, label }) => {
    const at = round((1 - y.at(value)) * height);
    return markup`<line x2="100%" y1="${at}" y2="${at}" stroke="${paint.line}"/><text x="-8" y="${at + 4}" text-anchor="end" fill="${paint.ink}">${label}</text>`;
  });
}

function stepLabels(x: Scale, { height, paint }: PlotOptions): readonly Markup[] {
  return x.ticks.map(
    ({ value, label }) =>
      markup`<text x="${round(x.at(value) * 100)}%" y="${height + 16}" text-anchor="middle" fill="${paint.ink}">${label}</text>`,
  );
}

function curve(points: readonly HistoryPoint[], index: number, x: Scale, y: Scale, opacity: string): Markup {
  let path = "";
  let isBroken = true;
  for (const { step, value } of points) {
    if (!Number.isFinite(value)) {
      isBroken = true;
      continue;
    }
    path += `${isBroken ? "M" : "L"}${Math.round(x.at(step) * UNITS)} ${Math.round((1 - y.at(bounded(value))) * UNITS)}`;
    isBroken = false;
  }
  // A lone point has no length; a round cap shows it as a dot.
  const isDot = path !== "" && !path.includes("L");
  return Markup.trusted(
    `<path d="${path}${isDot ? "h0" : ""}" stroke="${seriesColour(index)}" stroke-width="${isDot ? 5 : 1.8}" opacity="${opacity}" vector-effect="non-scaling-stroke"/>`,
  );
}

/** Exponential moving average with the bias of the start taken out, as TensorBoard smooths. What is not finite stays as it is. */
export function smooth(points: readonly HistoryPoint[], weight: number): readonly HistoryPoint[] {
  let average = 0;
  let share = 0;
  return points.map((point) => {
    if (!Number.isFinite(point.value)) {
      return point;
    }
    average = average * weight + (1 - weight) * point.value;
    share = share * weight + (1 - weight);
    return { step: point.step, value: average / share };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
