import { formatRelativeTime } from "../format";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { shownTags } from "../tag-facts";
import { textFacts, textHeading, textStyle } from "../text";
import type { ModelVersionCard } from "./description";
import { aliasWords } from "./html";

/** The text form of a model version. */
export function modelVersionText(card: ModelVersionCard, options: ViewOptions): string {
  const width = options.width ?? DEFAULT_TEXT_WIDTH;
  const style = textStyle(options.color ?? false);
  const heading = textHeading(
    [
      { text: "model version", paint: style.dim },
      { text: `${card.name} ${card.version}`, paint: style.bold },
      { text: aliasWords(card.aliases), paint: (plain) => style.tone("good", plain) },
    ],
    [{ text: formatRelativeTime(card.createdTime, options.now), paint: style.dim }],
    width,
  );
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["state", card.state],
    ["stage", card.stage],
    ["description", card.description],
    ["source", card.source],
    ["from run", card.runName === undefined ? card.runId : `${card.runName} (${card.runId})`],
    ...shownTags(card.tags),
    ["load", card.loadCall],
  ];
  return [...heading, ...textFacts(facts, width, style)].join("\n");
}
