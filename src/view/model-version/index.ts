import type { View } from "../rendered";
import type { ModelVersionCard, ModelVersionList } from "./description";
import { modelVersionFragment } from "./html";
import { modelVersionListFragment, modelVersionListText } from "./list";
import { modelVersionText } from "./text";

export type { ModelVersionCard, ModelVersionList } from "./description";
export { aliasMarkup, aliasWords } from "./html";
export { modelVersionColumns } from "./list";

/** A version of a registered model. */
export const modelVersionView: View<ModelVersionCard> = { text: modelVersionText, fragment: modelVersionFragment };

/** Model versions below each other. */
export const modelVersionListView: View<ModelVersionList> = {
  text: modelVersionListText,
  fragment: modelVersionListFragment,
};
