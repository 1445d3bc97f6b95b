export { addIntegration, patchLoaded, removePatches, watchLoader } from "./patcher";
export { isWrapper, wrapClass, wrapFunction } from "./wrap";
