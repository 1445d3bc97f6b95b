import type { AnyTrackingStore } from "../../../src/stores";

/** How a suite gets at a tracking store of one kind, and what that kind does in its own way. */
export interface StorePlace {
  /** A new empty one. */
  readonly open: () => AnyTrackingStore | Promise<AnyTrackingStore>;
  /** How a number reads back. @default as it is */
  readonly numberKept?: (value: number) => number;
  /** It decides itself where the files of LoggedModels lie. @default where it is told to */
  readonly placesModels?: boolean;
  /** Of a LoggedModel's metrics it answers every point. @default the latest on each data set */
  readonly answersEveryModelPoint?: boolean;
}
