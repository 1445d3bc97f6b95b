export { addIntegration, patchLoaded, removePatches, watchLoader } from "./patcher";
export { isWrapper, originalOf, wrapClass, wrapFunction } from "./wrap";
