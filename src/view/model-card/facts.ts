import { clip } from "../escape";
import { formatBytes } from "../format";
import { joined, type Markup, markup } from "../markup";
import type { ModelCard } from "./description";

/** A model in a line: name, flavor, signature, size, path. */
export function modelFacts(model: ModelCard): Markup {
  return joined(
    [
      markup`<b>${clip(model.name, 120)}</b>`,
      model.flavor,
      model.signature !== undefined && clip(model.signature, 200),
      model.size !== undefined && formatBytes(model.size),
      model.path !== undefined && markup`<code>${clip(model.path, 200)}</code>`,
    ],
    " · ",
  );
}

/** The same for a terminal. */
export function modelWords(model: ModelCard): readonly string[] {
  return [
    model.name,
    model.flavor,
    model.signature,
    model.size === undefined ? undefined : formatBytes(model.size),
    model.path,
  ].filter((word): word is string => word !== undefined);
}
