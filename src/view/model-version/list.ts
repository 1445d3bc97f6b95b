import { clip } from "../escape";
import { formatAbsoluteTime, formatRelativeTime } from "../format";
import { type Markup, markup } from "../markup";
import { type ListColumn, type PlainList, plainListFragment, plainListText } from "../plain-list";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import type { ModelVersionCard, ModelVersionList } from "./description";
import { aliasMarkup, aliasWords } from "./html";

/** The HTML form of a list of model versions. */
export const modelVersionListFragment = (list: ModelVersionList, options: ViewOptions): Markup =>
  plainListFragment(plainList(list, options), options);

/** The text form of a list of model versions. */
export const modelVersionListText = (list: ModelVersionList, options: ViewOptions): string =>
  plainListText(plainList(list, options), options);

function plainList(list: ModelVersionList, options: ViewOptions): PlainList {
  const { versions, total = versions.length, first, hasMore, isOfOneModel } = list;
  return {
    first,
    hasMore,
    title: "model versions",
    noun: "version",
    total,
    count: versions.length,
    columns: modelVersionColumns(versions, options, isOfOneModel),
    empty: "No model versions found.",
  };
}

/** Versions as columns: what they are called, where they stand, what they come from, how old they are. */
export function modelVersionColumns(
  versions: readonly ModelVersionCard[],
  { now }: ViewOptions,
  isOfOneModel = false,
): ListColumn[] {
  return [
    ...(isOfOneModel ? [numberColumn(versions)] : nameColumns(versions)),
    ...optional(
      "aliases",
      versions,
      ({ aliases }) => aliasWords(aliases),
      ({ aliases }) => aliasMarkup(aliases),
    ),
    ...optional("stage", versions, ({ stage, state }) => state ?? stage ?? ""),
    // Where the name is short, the address is what may be cut.
    ...(isOfOneModel
      ? [createdColumn(versions, now), sourceColumn(versions)]
      : [sourceColumn(versions), createdColumn(versions, now)]),
  ];
}

const numberColumn = (versions: readonly ModelVersionCard[]): ListColumn => ({
  head: "version",
  cells: versions.map(({ version, name, href }) => ({
    text: String(version),
    markup: nameMarkup(`version ${version}`, href, `${name} · version ${version}`),
  })),
});

const sourceColumn = (versions: readonly ModelVersionCard[]): ListColumn => ({
  head: "source",
  maxWidth: 44,
  names: "cells",
  cells: versions.map(({ source = "" }) => ({ text: source, markup: markup`<code>${clip(source, 200)}</code>` })),
});

const createdColumn = (versions: readonly ModelVersionCard[], now: number): ListColumn => ({
  head: "created",
  align: "right",
  cells: versions.map(({ createdTime }) => ({
    text: formatRelativeTime(createdTime, now),
    markup: markup`<span class="mut" title="${formatAbsoluteTime(createdTime)}">${formatRelativeTime(createdTime, now)}</span>`,
  })),
});

const nameColumns = (versions: readonly ModelVersionCard[]): readonly ListColumn[] => [
  {
    head: "model",
    maxWidth: 32,
    cells: versions.map(({ name, href }) => ({ text: name, markup: nameMarkup(name, href) })),
  },
  { head: "version", align: "right", cells: versions.map(({ version }) => ({ text: String(version) })) },
];

/** A column that only stands there where some version has something in it. */
function optional(
  head: string,
  versions: readonly ModelVersionCard[],
  words: (version: ModelVersionCard) => string,
  html: (version: ModelVersionCard) => Markup | string | false = (version) => clip(words(version), 200),
): ListColumn[] {
  const cells = versions.map((version) => ({ text: words(version), markup: html(version) }));
  return cells.some(({ text }) => text !== "") ? [{ head, cells }] : [];
}
