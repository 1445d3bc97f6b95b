import { SimpleLinearRegression } from "ml-regression";
import { TrackingClient } from "../../../../src";

/** What a verb is called with, and what comes of it. */
export interface Case {
  /** A right call. */
  readonly right: () => unknown;
  /** What it answers; by default nothing is expected of it but that it comes back. */
  readonly answers?: unknown;
  /** The code of the error that says that nothing was kept, where something is asked for that can only have been kept. */
  readonly misses?: "RESOURCE_DOES_NOT_EXIST";
  /** Calls that are refused as ever. */
  readonly wrong?: readonly (() => unknown)[];
}

/** A model that trackbook keeps. */
export const MODEL = new SimpleLinearRegression([1, 2, 3], [2, 4, 6]);
/** A data set as `logInput` takes it. */
export const DATA = { name: "rows", digest: "d1", sourceType: "local", source: "{}" };
/** An image. */
export const PIXELS = { data: [0, 255, 0, 255], width: 2, height: 2 };
/** Options that no verb has. */
export const NO_OPTIONS = { tpyo: 1 } as never;
/** A client as a program gets it. */
export const client = () => new TrackingClient();
