import type { Run } from "../../../src/tracking";

/** What a search finds, in its order, with what the tests look at. */
export type Found = readonly {
  readonly name: string;
  readonly status: string;
  readonly team?: string;
  readonly loss?: number;
}[];

/** What a process that searches says. */
export interface SearchAnswer {
  /** Of each query. */
  readonly found: readonly Found[];
  /** How many files of the store it has opened. */
  readonly opened: number;
}

/** The runs of an answer in a form that another process can send. */
export const foundBy = (runs: readonly Run[]): Found =>
  runs.map(({ info, data }) => ({
    name: info.runName,
    status: info.status,
    team: data.tags.team,
    loss: data.metrics.loss,
  }));
