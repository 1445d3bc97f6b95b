import { formatPlural } from "../format";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textSparkline } from "../sparkline";
import { textHeading, textStyle, textTable } from "../text";
import type { MetricChart } from "./description";
import { smooth } from "./plot";
import { axisWords, seriesSummaries } from "./summaries";

const SHOWN_RUNS = 20;

/** The text form of a metric chart: a line of blocks per run. */
export function metricChartText(chart: MetricChart, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  const all = seriesSummaries(chart);
  const shown = all.slice(0, SHOWN_RUNS);
  const smoothing = chart.smoothing ?? 0;
  const curveWidth = Math.max(8, Math.min(40, width - 46));
  const curves = chart.series.slice(0, SHOWN_RUNS).map(({ points }) => {
    const drawn = smoothing > 0 ? smooth(points, smoothing) : points;
    return chart.logScale === true
      ? drawn.map(({ step, value }) => ({ step, value: value > 0 ? Math.log10(value) : Number.NaN }))
      : drawn;
  });
  const heading = textHeading(
    [
      { text: chart.key, paint: style.bold },
      { text: axisWords(chart), paint: style.dim },
    ],
    [],
    width,
  );
  const table = textTable(
    [
      { head: "run", cells: shown.map(({ name }) => ({ text: name })), maxWidth: width < 60 ? 14 : 24 },
      { head: "", cells: curves.map((points) => ({ text: textSparkline(points, curveWidth) })), maxWidth: curveWidth },
      { head: "last", align: "right", cells: shown.map(({ lastText }) => ({ text: lastText })) },
      {
        head: "best",
        align: "right",
        cells: shown.map(({ bestText, bestStep, isBest }) => {
          const text = bestText === undefined ? "—" : `${isBest ? "★ " : ""}${bestText} @${bestStep}`;
          return isBest ? { text, paint: (plain: string) => style.tone("good", plain) } : { text };
        }),
      },
    ],
    { width, style },
  );
  const left = all.length - shown.length;
  return [...heading, ...table.lines, ...(left > 0 ? [style.dim(`and ${formatPlural(left, "more run")}`)] : [])].join(
    "\n",
  );
}
