import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { sparingRandom } from "../../core";
import { currentRuntime, findUserLocation } from "../../runtime";
import { inBackground } from "../../tracking";
import { type FaultReport, guarded } from "../session";
import type { Segment } from "./source-segment";
import type { ModelHistory, TrainingSlot } from "./training-slot";

/** What is needed to find the training's statement again. */
interface Place {
  /** As shown: relative path, or `cell 5`. */
  readonly name: string;
  /** Ends in the source's own ending. */
  readonly file: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Positions in a cell are those of its JavaScript: only near the truth. */
  readonly exact: boolean;
}

/**
 * Notes where in the user's source a training was called: a tag now, the statement and its function as an artifact from the background, a cell's
 * whole source with them. A training that continues another stands where that one stood. Returns the place as people are shown it.
 */
export function captureSource(
  { history, continues }: TrainingSlot,
  method: string,
  report: FaultReport,
): string | undefined {
  const place = findPlace();
  if (!place) return undefined;
  if (!continues) keep(place, history, method, report);
  return place.exact ? `${place.name}:${place.line}` : place.name;
}

function keep(place: Place, { run, suffix }: ModelHistory, method: string, report: FaultReport): void {
  const tag = (startLine: number, endLine: number) =>
    run.tag(`trackbook.source.segment${suffix}`, `${place.name}:${startLine}-${endLine}`);
  if (place.exact) tag(place.line, place.line);
  else run.file(`source/cell${suffix}.ts`, place.text);
  const write = () => {
    const segment = segmentOf(place, method);
    if (!segment) return;
    tag(segment.startLine, segment.endLine);
    run.file(`source/segment${suffix}.ts`, segment.text);
  };
  const name = "recording the source";
  inBackground({
    name,
    owner: run,
    prepare: () => findAside(place, method),
    run: () => void guarded(name, write, report),
  });
}

/** The segments found last: a loop of trainings stands in one place. */
const found = new Map<string, { readonly text: string; readonly segment: Segment | undefined }>();
const REMEMBERED = 64;
/** What the thread is being asked. */
const asked = new Map<string, { readonly text: string; readonly answer: Promise<void> }>();

const keyOf = ({ name, line, column }: Place, method: string): string => `${name}:${line}:${column}:${method}`;

/** Here only what is not yet known from the thread. */
function segmentOf(place: Place, method: string): Segment | undefined {
  const known = found.get(keyOf(place, method));
  if (known?.text === place.text) return known.segment;
  return remember(place, method, loadParser().findSegment(place, method));
}

function findAside(place: Place, method: string): Promise<void> {
  const { text } = place;
  const key = keyOf(place, method);
  if (found.get(key)?.text === text) return Promise.resolve();
  const pending = asked.get(key);
  if (pending?.text === text) return pending.answer;
  const answer = requireThread()
    .sourceThread.ask(place, method)
    .then((told) => {
      if (asked.get(key)?.answer === answer) asked.delete(key);
      if (told) remember(place, method, told.segment);
    });
  asked.set(key, { text, answer });
  return answer;
}

function remember(place: Place, method: string, segment: Segment | undefined): Segment | undefined {
  if (found.size >= REMEMBERED) found.clear();
  found.set(keyOf(place, method), { text: place.text, segment });
  return segment;
}

const requireThread = () => require("./source-thread") as typeof import("./source-thread");

const loadParser = (): typeof import("./source-segment") => sparingRandom(() => require("./source-segment"));

function findPlace(): Place | undefined {
  const location = findUserLocation();
  const cell = currentRuntime().currentCell();
  if (location?.kind === "file") {
    const text = readSource(location.file);
    const name = shorten(location.file);
    return text === undefined ? undefined : { ...location, name, text, exact: true };
  }
  if (!cell) return undefined;
  const name = cell.executionCount === undefined ? "cell" : `cell ${cell.executionCount}`;
  return {
    name,
    file: "cell.ts",
    text: cell.code,
    line: location?.line ?? 1,
    column: location?.column ?? 1,
    exact: false,
  };
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function shorten(file: string): string {
  const short = relative(process.cwd(), file);
  return short === "" || short.startsWith("..") ? file : short;
}
