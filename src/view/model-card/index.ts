import type { View } from "../rendered";
import type { ModelCard } from "./description";
import { modelCardFragment } from "./html";
import { modelCardText } from "./text";

export type { ModelCard } from "./description";
export { modelFacts, modelWords } from "./facts";

/** A saved model. */
export const modelCardView: View<ModelCard> = { text: modelCardText, fragment: modelCardFragment };
