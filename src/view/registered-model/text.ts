import { formatRelativeTime } from "../format";
import { modelVersionListView } from "../model-version";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { shownTags } from "../tag-facts";
import { textFacts, textHeading, textStyle } from "../text";
import { aliasTargets, type RegisteredModelCard } from "./description";

/** The text form of a registered model. */
export function registeredModelText(model: RegisteredModelCard, options: ViewOptions): string {
  const width = options.width ?? DEFAULT_TEXT_WIDTH;
  const style = textStyle(options.color ?? false);
  const { name, description, lastUpdateTime, latestVersions } = model;
  const heading = textHeading(
    [
      { text: "registered model", paint: style.dim },
      { text: name, paint: style.bold },
    ],
    [{ text: formatRelativeTime(lastUpdateTime, options.now), paint: style.dim }],
    width,
  );
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["description", description],
    ["aliases", aliasTargets(model)],
    ...shownTags(model.tags),
    ["versions", latestVersions.length === 0 ? "none yet" : undefined],
  ];
  const card = [...heading, ...textFacts(facts, width, style)].join("\n");
  if (latestVersions.length === 0 || model.isWithoutList) {
    return card;
  }
  return `${card}\n\n${modelVersionListView.text({ versions: latestVersions }, options)}`;
}
