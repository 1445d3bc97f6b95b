import { currentRuntime } from "./current-runtime";
import type { DisplayBundle } from "./runtime";

/** A thing in the forms in which it can be shown. */
export interface RichForms {
  readonly text: string;
  readonly html: string;
}

/** How the text form is to look. */
export interface RichStyle {
  readonly color: boolean;
}

/** How objects of one kind are shown. */
export interface RichRenderer<T> {
  /** The thing by itself: a cell's last expression, or printed. */
  readonly render: (self: T, style: RichStyle) => RichForms;
  /** One line, for the thing inside of another. */
  readonly summarize: (self: T) => string;
  /** Whether the thing stands in the running cell's output already: as the last expression it is then not shown once more. */
  readonly isShown?: (self: T) => boolean;
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const JUPYTER_DISPLAY = Symbol.for("Jupyter.display");
const STACK_FRAMES = 60;

/** The bundle that a notebook is sent for `forms`. */
export const toBundle = ({ text, html }: RichForms): DisplayBundle => ({ "text/plain": text, "text/html": html });

/**
 * What makes an object, or all with a prototype, show as HTML where it is a cell's last expression, as text where it is printed,
 * and as one line inside of another object. The function that is returned adds two properties that are not enumerable to the
 * object and returns it: to whoever compares, copies or serialises the object, it is what it was.
 */
export function richKind<T extends object>(renderer: RichRenderer<T>): <Shown extends T>(object: Shown) => Shown {
  const properties = {
    [INSPECT]: hidden(function (this: T, depth: number, options: { depth?: number | null; colors?: boolean }) {
      if (depth !== options.depth) return renderer.summarize(this);
      if (isPrintedByTslab() && showAsLastExpression(this, renderer)) return "";
      return renderer.render(this, { color: options.colors ?? false }).text;
    }),
    [JUPYTER_DISPLAY]: hidden(function (this: T) {
      return renderer.isShown?.(this) ? {} : toBundle(renderer.render(this, { color: false }));
    }),
  };
  return (object) => Object.defineProperties(object, properties);
}

/** The same for the one object, mostly a prototype. */
export function makeRich<T extends object>(prototype: T, renderer: RichRenderer<T>): void {
  richKind(renderer)(prototype);
}

const hidden = (value: unknown): PropertyDescriptor => ({
  value,
  enumerable: false,
  configurable: true,
  writable: true,
});

/**
 * tslab prints a cell's last expression by `console.log` and asks for no other form. When that is who asks, the HTML goes out as
 * an output of its own, and the line feed that `console.log` still writes is dropped.
 */
function showAsLastExpression<T>(self: T, renderer: RichRenderer<T>): boolean {
  const isShown =
    renderer.isShown?.(self) || currentRuntime().display(toBundle(renderer.render(self, { color: false })));
  if (isShown) dropNextLineFeed();
  return isShown;
}

function dropNextLineFeed(): void {
  const { write } = process.stdout;
  process.stdout.write = (...printed: unknown[]) => {
    process.stdout.write = write;
    return printed[0] === "\n" || (Reflect.apply(write, process.stdout, printed) as boolean);
  };
}

function isPrintedByTslab(): boolean {
  if (currentRuntime().name !== "tslab") return false;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = STACK_FRAMES;
  const frames = String(new Error().stack).split("\n");
  Error.stackTraceLimit = stackTraceLimit;
  const log = frames.findIndex((frame) => /\bconsole\.log\b/.test(frame));
  return log >= 0 && /[\\/]tslab[\\/]dist[\\/]executor\.js/.test(frames[log + 1] ?? "");
}
