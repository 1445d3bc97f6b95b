import type { View } from "../rendered";
import type { ConfusionMatrix } from "./description";
import { confusionMatrixFragment } from "./html";
import { confusionMatrixSvg } from "./svg";
import { confusionMatrixText } from "./text";

export type { ConfusionMatrix } from "./description";

/** How often each class was taken for which. */
export const confusionMatrixView: View<ConfusionMatrix> = {
  text: confusionMatrixText,
  fragment: confusionMatrixFragment,
  svg: confusionMatrixSvg,
};
