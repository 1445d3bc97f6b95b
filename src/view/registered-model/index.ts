import type { View } from "../rendered";
import type { RegisteredModelCard, RegisteredModelList } from "./description";
import { registeredModelFragment } from "./html";
import { registeredModelListFragment, registeredModelListText } from "./list";
import { registeredModelText } from "./text";

export type { RegisteredModelCard, RegisteredModelList } from "./description";

/** A registered model with its newest versions. */
export const registeredModelView: View<RegisteredModelCard> = {
  text: registeredModelText,
  fragment: registeredModelFragment,
};

/** Registered models below each other. */
export const registeredModelListView: View<RegisteredModelList> = {
  text: registeredModelListText,
  fragment: registeredModelListFragment,
};
