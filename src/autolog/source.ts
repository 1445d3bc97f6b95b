import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { currentRuntime, findUserLocation } from "../runtime";
import { inBackground, type OpenRun } from "../tracking";

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
 * whole source with them. Returns the place as people are shown it.
 */
export function captureSource(run: OpenRun, suffix: string, method: string): string | undefined {
  const place = findPlace();
  if (!place) return undefined;
  run.tag(`trackbook.source.segment${suffix}`, `${place.name}:${place.line}-${place.line}`);
  if (!place.exact) run.file(`source/cell${suffix}.ts`, place.text);
  inBackground({
    name: "the source of a training",
    run: () => {
      const { findSegment } = require("./source-segment") as typeof import("./source-segment");
      const segment = findSegment(place, method);
      if (!segment) return;
      run.tag(`trackbook.source.segment${suffix}`, `${place.name}:${segment.startLine}-${segment.endLine}`);
      run.file(`source/segment${suffix}.ts`, segment.text);
    },
  });
  return place.exact ? `${place.name}:${place.line}` : place.name;
}

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
  return { name, file: "cell.ts", text: cell.code, line: location?.line ?? 1, column: location?.column ?? 1, exact: false };
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
