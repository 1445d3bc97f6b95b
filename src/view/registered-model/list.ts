import { clip } from "../escape";
import { formatAbsoluteTime, formatRelativeTime } from "../format";
import { type Markup, markup } from "../markup";
import { aliasMarkup, aliasWords } from "../model-version";
import { type ListColumn, type PlainList, plainListFragment, plainListText } from "../plain-list";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import { newestVersion, type RegisteredModelCard, type RegisteredModelList } from "./description";

/** The HTML form of a list of registered models. */
export const registeredModelListFragment = (list: RegisteredModelList, options: ViewOptions): Markup =>
  plainListFragment(plainList(list, options), options);

/** The text form of a list of registered models. */
export const registeredModelListText = (list: RegisteredModelList, options: ViewOptions): string =>
  plainListText(plainList(list, options), options);

function plainList(list: RegisteredModelList, { now }: ViewOptions): PlainList {
  const { models, total = models.length, first, hasMore } = list;
  return {
    first,
    hasMore,
    title: "registered models",
    noun: "registered model",
    total,
    count: models.length,
    empty: "No registered models found.",
    columns: [
      {
        head: "model",
        maxWidth: 40,
        cells: models.map(({ name, href }) => ({ text: name, markup: nameMarkup(name, href) })),
      },
      {
        head: "newest version",
        align: "right",
        cells: models.map((model) => ({ text: String(newestVersion(model) ?? "—") })),
      },
      ...aliasColumn(models),
      {
        head: "last change",
        align: "right",
        cells: models.map(({ lastUpdateTime }) => ({
          text: formatRelativeTime(lastUpdateTime, now),
          markup: markup`<span class="mut" title="${formatAbsoluteTime(lastUpdateTime)}">${formatRelativeTime(lastUpdateTime, now)}</span>`,
        })),
      },
      ...descriptionColumn(models),
    ],
  };
}

function aliasColumn(models: readonly RegisteredModelCard[]): ListColumn[] {
  if (models.every(({ aliases }) => aliases.length === 0)) {
    return [];
  }
  const names = models.map(({ aliases }) => aliases.map(([alias]) => alias));
  return [
    { head: "aliases", cells: names.map((aliases) => ({ text: aliasWords(aliases), markup: aliasMarkup(aliases) })) },
  ];
}

function descriptionColumn(models: readonly RegisteredModelCard[]): ListColumn[] {
  if (models.every(({ description }) => description === undefined)) {
    return [];
  }
  const cells = models.map(({ description = "" }) => ({ text: description, markup: clip(description, 200) }));
  return [{ head: "description", cells }];
}
