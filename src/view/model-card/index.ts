import type { View } from "../rendered";
import type { ModelCard, ModelList } from "./description";
import { modelCardFragment } from "./html";
import { modelListFragment, modelListText } from "./list";
import { modelCardText } from "./text";

export type { ModelCard, ModelList } from "./description";
export { modelFacts, modelWords } from "./facts";

/** A saved model. */
export const modelCardView: View<ModelCard> = { text: modelCardText, fragment: modelCardFragment };

/** Saved models below each other. */
export const modelListView: View<ModelList> = { text: modelListText, fragment: modelListFragment };
