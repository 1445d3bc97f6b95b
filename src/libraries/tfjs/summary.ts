import type { LayerLike, LayersModelLike } from "./layers-model";

/** Up to which width the table grows for long names and shapes. */
const MAX_WIDTH = 240;

/** The table that `model.summary()` prints, as wide as its cells need, with `\n` after each line. */
export function summaryOf(model: LayersModelLike): string {
  const lines: string[] = [];
  model.summary(widthFor(model.layers), undefined, (line) => lines.push(line));
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** Columns are fractions of the width in tfjs-layers' layer_utils.ts: at least 0.24 for the name, 0.22 for a shape. */
function widthFor(layers: readonly LayerLike[]): number | undefined {
  const needed = layers.map((layer) =>
    Math.max((layer.name.length + layer.getClassName().length + 4) / 0.24, (shapeText(layer).length + 1) / 0.22),
  );
  const width = Math.ceil(Math.max(0, ...needed));
  // tfjs' own widths, 90 and 115 characters, are wide enough otherwise.
  return width > 90 ? Math.min(width, MAX_WIDTH) : undefined;
}

function shapeText(layer: LayerLike): string {
  try {
    return JSON.stringify(layer.outputShape) ?? "";
  } catch {
    // A layer that is used several times has no one shape.
    return "";
  }
}
