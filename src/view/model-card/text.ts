import { formatBytes, shortId } from "../format";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "../rendered";
import { textFacts, textHeading, textStyle } from "../text";
import type { ModelCard } from "./description";

/** The text form of a model card. */
export function modelCardText(model: ModelCard, options: ViewOptions): string {
  const width = options.width ?? DEFAULT_TEXT_WIDTH;
  const style = textStyle(options.color ?? false);
  const heading = textHeading(
    [
      { text: "model", paint: style.dim },
      { text: model.name, paint: style.bold },
      { text: model.flavor ?? "", paint: style.dim },
    ],
    [{ text: shortId(model.modelId ?? ""), paint: style.dim }],
    width,
  );
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["state", model.state],
    ["signature", model.signature],
    ["size", model.size === undefined ? undefined : formatBytes(model.size)],
    ["path", model.path],
    ["from run", model.runName],
    ["registered", model.registered],
    ["load", model.loadCall],
  ];
  return [...heading, ...textFacts(facts, width, style)].join("\n");
}
