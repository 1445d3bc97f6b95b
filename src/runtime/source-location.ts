import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the user's code called us. Lines and columns count from 1. */
export type SourceLocation =
  | { readonly kind: "file"; readonly file: string; readonly line: number; readonly column: number }
  /** In a notebook's cell. The position is one in the JavaScript that the kernel made of the cell. */
  | { readonly kind: "cell"; readonly line: number; readonly column: number };

const OWN_FOLDER = dirname(__dirname) + sep;
/** Mostly the user is near; where stacks are mapped to sources every frame costs some microseconds. */
const FRAMES = [10, 60] as const;
const POSITION = /^(.*?):(\d+):(\d+)\)?$/;
const CELL_FILE = /^(evalmachine\.<anonymous>|<anonymous>)$/;
const FOREIGN = /[\\/]node_modules[\\/]/;

/**
 * The innermost frame that is the user's own: not ours, not a package's, not the runtime's. `undefined` when there is none,
 * as after an `await`. Positions are those of the source where the process maps its stacks (tsx, ts-node, --enable-source-maps).
 */
export function findUserLocation(): SourceLocation | undefined {
  const [few, many] = FRAMES;
  return findInStack(captureStack(few)) ?? findInStack(captureStack(many));
}

/** The same for a stack that was taken before. */
export function findInStack(stack: string): SourceLocation | undefined {
  for (const line of stack.split("\n")) {
    const location = parseFrame(line);
    if (location) return location;
  }
  return undefined;
}

/** The stack as text, whatever the user has done to `Error`: its settings are as they were when this returns. */
function captureStack(frames: number): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = frames;
  try {
    const stack = readStack();
    return typeof stack === "string" ? stack : captureUnprepared();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function captureUnprepared(): string {
  const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  if (!prepare?.configurable) return "";
  Reflect.deleteProperty(Error, "prepareStackTrace");
  try {
    return String(readStack());
  } finally {
    Object.defineProperty(Error, "prepareStackTrace", prepare);
  }
}

function readStack(): unknown {
  try {
    return new Error().stack;
  } catch {
    return undefined;
  }
}

function parseFrame(text: string): SourceLocation | undefined {
  const frame = /^\s+at (?:async )?(.*)$/.exec(text)?.[1];
  if (frame === undefined) return undefined;
  const open = frame.endsWith(")") ? frame.lastIndexOf(" (") : -1;
  const match = POSITION.exec(open < 0 ? frame : frame.slice(open + 2));
  if (!match) return undefined;
  const [, place, line, column] = match as unknown as [string, string, string, string];
  const position = { line: Number(line), column: Number(column) };
  if (CELL_FILE.test(place)) return { kind: "cell", ...position };
  const file = toPath(place);
  if (file === undefined || file.startsWith(OWN_FOLDER) || FOREIGN.test(file)) return undefined;
  return { kind: "file", file, ...position };
}

function toPath(place: string): string | undefined {
  if (place.startsWith("file://")) return pathOf(place);
  return /^(\/|[a-zA-Z]:[\\/]|\\\\)/.test(place) ? place : undefined;
}

/** Loaders may name a frame's file by any URL: one with a host, or with an encoded slash, is no path. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
