import { formatCount, formatPlural } from "../format";
import { type Markup, markup, withinBytes } from "../markup";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textHeading, textStyle } from "../text";
import type { ModelList } from "./description";
import { modelCardFragment } from "./html";
import { modelCardText } from "./text";

const CARD_BYTES = 40_000;

/** The HTML form of a list of models. */
export function modelListFragment({ models, total = models.length }: ModelList, options: ViewOptions): Markup {
  const cards = withinBytes(
    models.map((model) => modelCardFragment(model, options)),
    CARD_BYTES,
  );
  const left = total - cards.length;
  return markup`<section class="card"><header><b>models</b> <span class="mut">${formatCount(total)}</span></header>${
    total === 0 && markup`<p class="note quiet">No models found.</p>`
  }</section>${cards}${left > 0 && markup`<p class="mut">and ${formatPlural(left, "more model")}</p>`}`;
}

/** The text form of a list of models. */
export function modelListText({ models, total = models.length }: ModelList, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  if (total === 0) return "No models found.";
  const heading = textHeading(
    [
      { text: "models", paint: style.bold },
      { text: formatCount(total), paint: style.dim },
    ],
    [],
    width,
  );
  const left = total - models.length;
  return [
    ...heading,
    ...models.map((model) => modelCardText(model, options)),
    ...(left > 0 ? [style.dim(`and ${formatPlural(left, "more model")}`)] : []),
  ].join("\n\n");
}
