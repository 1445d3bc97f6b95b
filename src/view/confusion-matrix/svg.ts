import { clip } from "../escape";
import { formatCount } from "../format";
import { type Markup, markup } from "../markup";
import type { ViewOptions } from "../rendered";
import { displayWidth, truncateToWidth } from "../text";
import { light, mix, type } from "../tokens";
import type { ConfusionMatrix } from "./description";
import { countAt, matrixSummary, tint } from "./shares";

const CHARACTER = 7;
const MARGIN = 20;
const HEAD = 62;
/** The widest a label may be, in characters. */
const LABEL = 18;

/** The picture of a confusion matrix, standing alone on white. */
export function confusionMatrixSvg(matrix: ConfusionMatrix, _options: ViewOptions): string {
  const labels = matrix.labels.map((label) => truncateToWidth(label, LABEL));
  const size = labels.length;
  const longest = labels.reduce((most, label) => Math.max(most, displayWidth(label)), 4);
  const side = size <= 12 ? Math.max(52, Math.min(96, 360 / Math.max(1, size))) : 34;
  const isSteep = longest * CHARACTER > side - 6;
  const left = MARGIN + 18 + longest * CHARACTER + 10;
  const top = HEAD + 18 + (isSteep ? Math.ceil(longest * CHARACTER * 0.72) + 14 : 22);
  const width = Math.ceil(Math.max(left + size * side + (isSteep ? longest * CHARACTER * 0.72 : 0) + MARGIN, 340));
  const height = Math.ceil(top + size * side + MARGIN);
  const middle = (index: number): number => index * side + side / 2;
  const across = labels.map((label, index) =>
    isSteep
      ? markup`<text transform="translate(${left + middle(index) + 4} ${top - 8}) rotate(-45)">${label}</text>`
      : markup`<text x="${left + middle(index)}" y="${top - 8}" text-anchor="middle">${label}</text>`,
  );
  const down = labels.map(
    (label, index) => markup`<text x="${left - 10}" y="${top + middle(index) + 4}" text-anchor="end">${label}</text>`,
  );
  const cells = labels.map((_row, row) =>
    labels.map((_column, column) => cell(matrix, row, column, left + column * side, top + row * side, side)),
  );
  const title = matrix.title ?? "confusion matrix";
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${type.family}" font-size="12" fill="${light.ink}"><title>${clip(title, 200)}</title><desc>Rows are true classes, columns predicted ones. ${matrixSummary(matrix)}.</desc><rect width="${width}" height="${height}" fill="${light.surface}"/><text x="${MARGIN}" y="28" font-size="14" font-weight="600">${truncateToWidth(title, 60)}</text><text x="${MARGIN}" y="46" fill="${light.muted}">${matrixSummary(matrix)}</text><text x="${left}" y="${HEAD + 12}" fill="${light.muted}">predicted</text><text transform="translate(${MARGIN + 8} ${top + size * side}) rotate(-90)" fill="${light.muted}">true</text>${across}${down}${cells}</svg>`.toString();
}

function cell(matrix: ConfusionMatrix, row: number, column: number, x: number, y: number, side: number): Markup {
  const count = countAt(matrix, row, column);
  const fill = mix(light.accent, light.surface, tint(matrix, row, column));
  const isRight = row === column;
  return markup`<rect x="${x + 1}" y="${y + 1}" width="${side - 2}" height="${side - 2}" rx="3" fill="${fill}" stroke="${light.line}"/><text x="${x + side / 2}" y="${y + side / 2 + 4}" text-anchor="middle"${
    isRight && markup` font-weight="600"`
  } fill="${count === 0 ? light.muted : light.ink}">${formatCount(count)}</text>`;
}
