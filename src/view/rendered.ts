import { Markup, markup } from "./markup";
import { stylesheet } from "./stylesheet";

/** What a thing looks like: text always, HTML always, SVG where it is a picture. */
export interface Rendered {
  readonly text: string;
  /** One output, complete with its stylesheet; no script and nothing loaded from elsewhere. */
  readonly html: string;
  /** A picture that stands alone, on white. */
  readonly svg?: string;
}

/** How to render. Everything that varies is given, so the same description always looks the same. */
export interface ViewOptions {
  /** The present, in epoch milliseconds; relative times are told from it. */
  readonly now: number;
  /** The width of the text form in terminal columns. @default 80 */
  readonly width?: number;
  /** Terminal colours in the text form. @default false */
  readonly color?: boolean;
  /** A page of its own, not an output in a notebook that keeps it: nothing is left out to save bytes. @default false */
  readonly isPage?: boolean;
}

/** The forms of one kind of description. */
export interface View<Description> {
  text(description: Description, options: ViewOptions): string;
  /** HTML without stylesheet and root, to be set into {@link outputHtml}. */
  fragment(description: Description, options: ViewOptions): Markup;
  /** The picture, standing alone on white. */
  svg?(description: Description, options: ViewOptions): string;
}

/** The default width of text forms, in terminal columns. */
export const DEFAULT_TEXT_WIDTH = 80;

/** Every form of a description at once. */
export function render<Description>(view: View<Description>, description: Description, options: ViewOptions): Rendered {
  return {
    text: view.text(description, options),
    html: renderHtml(view, description, options),
    svg: view.svg?.(description, options),
  };
}

/** The HTML form alone, as for an update in place. */
export function renderHtml<Description>(
  view: View<Description>,
  description: Description,
  options: ViewOptions,
): string {
  return outputHtml([view.fragment(description, options)]);
}

/** Fragments of several views as one output with one stylesheet. */
export function outputHtml(fragments: readonly Markup[]): string {
  return markup`<div class="trackbook"><style>${Markup.trusted(stylesheet)}</style>${fragments}</div>`.toString();
}
