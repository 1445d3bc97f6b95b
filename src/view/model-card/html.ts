import { clip } from "../escape";
import { formatBytes } from "../format";
import { type Markup, markup } from "../markup";
import type { ViewOptions } from "../rendered";
import { idMarkup, nameMarkup } from "../run-link";
import type { ModelCard } from "./description";

/** The HTML form of a model card. */
export function modelCardFragment(model: ModelCard, _options: ViewOptions): Markup {
  const rows = [
    model.signature !== undefined && markup`<dt>signature</dt> <dd>${clip(model.signature, 2000)}</dd> `,
    model.size !== undefined && markup`<dt>size</dt> <dd>${formatBytes(model.size)}</dd> `,
    model.path !== undefined && markup`<dt>path</dt> <dd><code>${clip(model.path, 500)}</code></dd> `,
    model.runName !== undefined && markup`<dt>from run</dt> <dd>${clip(model.runName, 200)}</dd> `,
    model.loadCall !== undefined && markup`<dt>load</dt> <dd><code>${clip(model.loadCall, 300)}</code></dd> `,
  ].filter((row) => row !== false);
  return markup`<section class="card"><header><span class="mut">model</span> ${nameMarkup(model.name)} <span class="mut">${model.flavor}</span><span class="grow"></span> ${
    model.modelId !== undefined && idMarkup(model.modelId)
  }</header>${rows.length > 0 && markup`<dl class="facts">${rows}</dl>`}</section>`;
}
