import { clip, singleLine, stripControls } from "../escape";
import { formatParam, formatPlural, shortId } from "../format";
import { modelWords } from "../model-card";
import { progressShare, progressWords } from "./progress";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { linkText } from "../run-link";
import { textSparkline } from "../sparkline";
import { statusSign, type Tone } from "../status";
import {
  textGrid,
  textHeading,
  type TextStyle,
  textStyle,
  type TextColumn,
  textTable,
  displayWidth,
  flow,
  truncateToWidth,
  wrapText,
} from "../text";
import { orderedParams, type RunCard } from "./description";
import { hasCurves, metricRows } from "./metrics";

const SHOWN_METRICS = 12;
const SHOWN_PARAMS = 15;
const ERROR_LINES = 6;

/** The text form of a run card. */
export function runCardText(card: RunCard, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  const blocks = [
    [...heading(card, width, style), ...progress(card, width, style)],
    metrics(card, width, style),
    params(card, width, style),
    remarks(card, width, style),
    footer(card, width, style),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function heading(card: RunCard, width: number, style: TextStyle): readonly string[] {
  const sign = statusSign(card.status, card.activity);
  return textHeading(
    [
      { text: `${sign.glyph} ${sign.word}`, paint: (text) => style.tone(sign.tone, text) },
      { text: card.name, paint: style.bold },
      { text: card.estimator ?? "", paint: style.dim },
    ],
    [{ text: card.experiment ?? "" }, { text: shortId(card.runId), paint: style.dim }],
    width,
  );
}

function progress(card: RunCard, width: number, style: TextStyle): readonly string[] {
  const words = progressWords(card);
  const share = progressShare(card.progress);
  if (share === undefined || card.status === "FINISHED") {
    return flow(words, width).map(style.dim);
  }
  const cells = Math.max(Math.min(10, width), Math.min(30, width - displayWidth(words.join(" · ")) - 2));
  const full = Math.round(share * cells);
  const tone: Tone = statusSign(card.status).tone;
  const bar = style.tone(tone, "━".repeat(full)) + style.dim("─".repeat(cells - full));
  const [line = ""] = flow(words, width - cells - 2);
  const fits = line.split(" · ").length === words.length;
  return fits ? [`${bar}  ${line}`] : [bar, ...flow(words, width)];
}

function metrics(card: RunCard, width: number, style: TextStyle): readonly string[] {
  const rows = metricRows(card.metrics);
  const shown = rows.slice(0, SHOWN_METRICS);
  if (shown.length === 0) {
    return [];
  }
  const withCurves = hasCurves(card.metrics);
  const curve: TextColumn = {
    head: "",
    cells: shown.map(({ metric }) => ({
      text: metric.points.length > 1 ? textSparkline(metric.points, width < 60 ? 10 : 24) : "",
      paint: (text: string) => style.tone("active", text),
    })),
  };
  const best: TextColumn = {
    head: "best",
    align: "right",
    cells: shown.map(({ bestText, bestStep, metric, isAtBest }) => ({
      text:
        bestText === undefined
          ? "—"
          : metric.points.length > 1 && bestStep !== undefined
            ? `${bestText} @${bestStep}`
            : bestText,
      paint: isAtBest && metric.points.length > 1 ? (text: string) => style.tone("good", text) : undefined,
    })),
  };
  const columns: readonly TextColumn[] = [
    {
      head: "metric",
      names: "cells",
      cells: shown.map(({ metric }) => ({ text: metric.key })),
      maxWidth: width < 60 ? 16 : 28,
    },
    ...(withCurves ? [curve] : []),
    { head: withCurves ? "last" : "value", align: "right", cells: shown.map(({ lastText }) => ({ text: lastText })) },
    ...(withCurves ? [best] : []),
  ];
  const table = textTable(columns, { width, style });
  const left = rows.length - shown.length;
  return left === 0 ? table.lines : [...table.lines, style.dim(`and ${formatPlural(left, "more metric")}`)];
}

function params(card: RunCard, width: number, style: TextStyle): readonly string[] {
  const data = card.data === undefined ? [] : [["data", card.data] as const];
  const shown = orderedParams(card)
    .slice(0, SHOWN_PARAMS)
    .map(([key, value]) => [key, formatParam(value)] as const);
  const lines = textGrid([...shown, ...data], width, style);
  const left = card.params.length - SHOWN_PARAMS;
  return left > 0 ? [...lines, style.dim(`and ${formatPlural(left, "more param")}`)] : lines;
}

function remarks(card: RunCard, width: number, style: TextStyle): readonly string[] {
  const notes = (card.notes ?? []).flatMap(({ text, tone = "quiet" }) =>
    wrapText(`${tone === "quiet" ? "·" : "!"} ${clip(text, 500)}`, width).map((line) => style.tone(tone, line)),
  );
  const error = stripControls(clip(card.error ?? "", 4000)).trim();
  if (error === "") {
    return notes;
  }
  const [first = "", ...rest] = error.split(/\r\n?|\n/);
  const stack = rest.slice(0, ERROR_LINES).map((line) => truncateToWidth(line.replaceAll("\t", "  "), width));
  return [
    ...notes,
    ...wrapText(`✕ ${clip(first, 500)}`, width).map((line) => style.tone("bad", line)),
    ...stack.map(style.dim),
  ];
}

function footer(card: RunCard, width: number, style: TextStyle): readonly string[] {
  const model = card.model === undefined ? [] : flow(["model", ...modelWords(card.model)], width);
  const artifacts = card.artifacts ?? [];
  const files =
    artifacts.length === 0 ? [] : flow([formatPlural(artifacts.length, "file"), ...artifacts.slice(0, 6)], width);
  const place = [card.store, card.source].flatMap((word) => (word === undefined ? [] : [word]));
  // A link is of use only whole, also where it is wider than the terminal.
  const link = singleLine(linkText(card.link) ?? "");
  return [...model, ...files, ...flow(place, width), ...(link === "" ? [] : [link])].map(style.dim);
}
