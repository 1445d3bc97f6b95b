import { clip } from "../escape";
import { formatAbsoluteTime, formatRelativeTime } from "../format";
import { type Markup, markup } from "../markup";
import { modelVersionListView } from "../model-version";
import { fact } from "../pieces";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import { shownTags } from "../tag-facts";
import { aliasTargets, type RegisteredModelCard } from "./description";

/** The HTML form of a registered model: its card, and below it its newest versions. */
export function registeredModelFragment(model: RegisteredModelCard, options: ViewOptions): Markup {
  const { name, description, lastUpdateTime, latestVersions, isWithoutList = false } = model;
  const aliases = aliasTargets(model);
  const rows = [
    description !== undefined && fact("description", clip(description, 2000)),
    aliases !== undefined && fact("aliases", clip(aliases, 1000)),
    ...shownTags(model.tags).map(([key, value]) => fact(key, value)),
    latestVersions.length === 0 && fact("versions", "none yet"),
  ].filter((row) => row !== false);
  return markup`<section class="card"><header><span class="mut">registered model</span> ${nameMarkup(name)}<span class="grow"></span> <span class="mut sub" title="${formatAbsoluteTime(lastUpdateTime)}">${formatRelativeTime(lastUpdateTime, options.now)}</span></header>${
    rows.length > 0 && markup`<dl class="facts">${rows}</dl>`
  }</section>${latestVersions.length > 0 && !isWithoutList && modelVersionListView.fragment({ versions: latestVersions }, options)}`;
}
