import type { DisplayBundle, Runtime } from "../../runtime";
import type { RunCard, RunTable, View } from "../../view";

/** The part of the view that live outputs need. */
export type LiveView = Pick<typeof import("../../view"), "renderHtml" | "runCardView" | "runTableView">;

/** Turns descriptions into outputs, in the forms that can be shown where we run. */
export class FramePainter {
  readonly #runtime: Pick<Runtime, "isNotebook" | "textStyle">;
  readonly #loadView: () => LiveView;
  readonly #now: () => number;
  #view: LiveView | undefined;

  /** `loadView` is called for the first output; `now` tells epoch milliseconds. */
  constructor(runtime: Pick<Runtime, "isNotebook" | "textStyle">, loadView: () => LiveView, now: () => number) {
    this.#runtime = runtime;
    this.#loadView = loadView;
    this.#now = now;
  }

  paintCard(describe: (now: number) => RunCard): DisplayBundle {
    return this.#paint(this.#views.runCardView, describe);
  }

  paintTable(describe: (now: number) => RunTable): DisplayBundle {
    return this.#paint(this.#views.runTableView, describe);
  }

  get #views(): LiveView {
    this.#view ??= this.#loadView();
    return this.#view;
  }

  #paint<Description>(view: View<Description>, describe: (now: number) => Description): DisplayBundle {
    const now = this.#now();
    const description = describe(now);
    const text = view.text(description, { now, ...this.#runtime.textStyle(true) });
    if (!this.#runtime.isNotebook) return { "text/plain": text };
    return { "text/plain": text, "text/html": this.#views.renderHtml(view, description, { now }) };
  }
}
