import { clip } from "../escape";
import { joined, type Markup, markup } from "../markup";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import type { DatasetLine } from "./description";
import { datasetWords } from "./words";

/** The HTML form of a dataset line. */
export function datasetLineFragment(dataset: DatasetLine, _options: ViewOptions): Markup {
  const words = datasetWords(dataset).map((word) => clip(word, 300));
  return markup`<section class="card"><header><span class="mut">data set</span> ${nameMarkup(dataset.name)} <span class="mut clip sub">${joined(words, " · ")}</span></header></section>`;
}
