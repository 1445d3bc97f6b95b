import { now } from "../core";
import { currentRuntime, makeRich, toBundle } from "../runtime";
import { type Rendered, render, type View } from "../view";

/**
 * Something that was shown. As a cell's last expression it is not shown a second time; in a later cell, by `show()` or printed,
 * it is.
 */
export class Shown {
  /** The form for terminals and diffs. */
  readonly text: string;
  /** Complete with its stylesheet; no script and nothing loaded from elsewhere. */
  readonly html: string;
  /** The picture by itself, where there is one. */
  readonly svg: string | undefined;
  #cell: string | undefined;
  #isFresh = false;

  /** @internal */
  constructor({ text, html, svg }: Rendered) {
    this.text = text;
    this.html = html;
    this.svg = svg;
  }

  /** Shows it here: in a notebook as an output of the cell, elsewhere as text. */
  show(): this {
    const runtime = currentRuntime();
    this.#isFresh = runtime.display(toBundle(this)) && runtime.isNotebook;
    this.#cell = runtime.currentCell()?.messageId;
    return this;
  }

  toString(): string {
    return this.text;
  }

  static {
    makeRich(Shown.prototype, {
      render: (shown) => shown,
      summarize: (shown) => shown.text.split("\n", 1)[0] ?? "",
      isShown: (shown) => shown.#takeFresh(),
    });
  }

  #takeFresh(): boolean {
    const isFresh = this.#isFresh && this.#cell === currentRuntime().currentCell()?.messageId;
    this.#isFresh = false;
    return isFresh;
  }
}

/** Renders a description and shows it. */
export function showView<Description>(view: View<Description>, description: Description): Shown {
  return new Shown(render(view, description, { now: now(), ...currentRuntime().textStyle(false) })).show();
}
