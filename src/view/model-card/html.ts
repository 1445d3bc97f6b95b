import { clip } from "../escape";
import { formatBytes } from "../format";
import { type Markup, markup } from "../markup";
import { fact } from "../pieces";
import type { ViewOptions } from "../rendered";
import { idMarkup, linked, nameMarkup } from "../run-link";
import type { ModelCard } from "./description";

/** The HTML form of a model card. */
export function modelCardFragment(model: ModelCard, _options: ViewOptions): Markup {
  const rows = [
    model.state !== undefined && fact("state", clip(model.state, 300)),
    model.signature !== undefined && fact("signature", clip(model.signature, 2000)),
    model.size !== undefined && fact("size", formatBytes(model.size)),
    model.path !== undefined && fact("path", markup`<code>${clip(model.path, 500)}</code>`),
    model.runName !== undefined && fact("from run", linked(model.runHref, clip(model.runName, 200))),
    model.registered !== undefined && fact("registered", markup`<code>${clip(model.registered, 300)}</code>`),
    model.loadCall !== undefined && fact("load", markup`<code>${clip(model.loadCall, 300)}</code>`),
  ].filter((row) => row !== false);
  return markup`<section class="card"><header><span class="mut">model</span> ${nameMarkup(model.name)} <span class="mut clip sub">${model.flavor}</span><span class="grow"></span> ${
    model.modelId !== undefined && idMarkup(model.modelId)
  }</header>${rows.length > 0 && markup`<dl class="facts">${rows}</dl>`}</section>`;
}
