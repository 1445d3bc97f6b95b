import type { AnyRegistryStore, AnyTrackingStore } from "../../stores";
import type { ServedArtifacts } from "./artifacts";
import type { Histories } from "./histories";
import type { PointGroups } from "./point-groups";

/** What the server keeps everything in. It holds nothing itself: several servers may share one. */
export interface Backend {
  readonly store: AnyTrackingStore;
  readonly registry: AnyRegistryStore;
  readonly artifacts: ServedArtifacts;
  /** How long histories are read. */
  readonly histories: Histories;
  /** Where single points are written. */
  readonly points: PointGroups;
}
