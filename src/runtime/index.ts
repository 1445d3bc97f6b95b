export { whenAborted } from "./aborted-calls";
export { currentRuntime } from "./current-runtime";
export { type DisplayMode, displayModeOfEnvironment } from "./display-mode";
export { makeRich, type RichForms, richKind, type RichRenderer, type RichStyle, toBundle } from "./rich-display";
export type { Cell, DisplayBundle, DisplayOptions, EndingListener, Runtime, RuntimeName, TextStyle } from "./runtime";
export { findInStack, findUserLocation, type SourceLocation } from "./source-location";
