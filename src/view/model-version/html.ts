import { clip } from "../escape";
import { formatAbsoluteTime, formatRelativeTime } from "../format";
import { type Markup, markup } from "../markup";
import { fact } from "../pieces";
import type { ViewOptions } from "../rendered";
import { linked, nameMarkup } from "../run-link";
import { shownTags } from "../tag-facts";
import type { ModelVersionCard } from "./description";

/** The HTML form of a model version. */
export function modelVersionFragment(card: ModelVersionCard, { now }: ViewOptions): Markup {
  const { name, version, aliases, stage, state, description, source, runId, runName, runHref, createdTime, loadCall } =
    card;
  const rows = [
    state !== undefined && fact("state", clip(state, 300)),
    stage !== undefined && fact("stage", clip(stage, 100)),
    description !== undefined && fact("description", clip(description, 2000)),
    source !== undefined && fact("source", markup`<code>${clip(source, 500)}</code>`),
    runId !== undefined &&
      fact(
        "from run",
        linked(runHref, runName === undefined ? markup`<code>${clip(runId, 100)}</code>` : clip(runName, 200)),
      ),
    ...shownTags(card.tags).map(([key, value]) => fact(key, value)),
    loadCall !== undefined && fact("load", markup`<code>${clip(loadCall, 500)}</code>`),
  ].filter((row) => row !== false);
  return markup`<section class="card"><header><span class="mut">model version</span> ${nameMarkup(name)} <b>${version}</b> ${aliasMarkup(aliases)}<span class="grow"></span> <span class="mut sub" title="${formatAbsoluteTime(createdTime)}">${formatRelativeTime(createdTime, now)}</span></header>${
    rows.length > 0 && markup`<dl class="facts">${rows}</dl>`
  }</section>`;
}

/** Aliases as they are written in a model's URI. */
export function aliasMarkup(aliases: readonly string[]): Markup | false {
  return aliases.length > 0 && markup`<span class="good clip">${clip(aliasWords(aliases), 200)}</span>`;
}

/** The same as words. */
export function aliasWords(aliases: readonly string[]): string {
  return aliases.map((alias) => `@${alias}`).join(" ");
}
