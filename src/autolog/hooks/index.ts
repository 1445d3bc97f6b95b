export { addIntegration, patchLoaded, registeredIntegrations, removePatches, watchLoader } from "./patcher";
export { isWrapper, originalOf, wrapClass, wrapFunction } from "./wrap";
