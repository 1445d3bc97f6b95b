import { InvalidInputError, messages, type RunEntity } from "../core";
import { readingClient, type SearchRunsQuery, searchRuns } from "../tracking";

/** Which runs: a query as `searchRuns` takes it, what it gave, runs, or their ids. */
export type RunSelection = SearchRunsQuery | readonly (RunEntity | string)[];

/** The runs that are meant, in the order given or found. */
export async function selectRuns(verb: string, selection: RunSelection): Promise<readonly RunEntity[]> {
  if (!isList(selection)) return searchRuns(selection);
  return Promise.all(selection.map((item) => toRun(verb, item)));
}

const isList = (selection: RunSelection): selection is readonly (RunEntity | string)[] => Array.isArray(selection);

async function toRun(verb: string, item: RunEntity | string): Promise<RunEntity> {
  if (typeof item === "string") return readingClient().getRun(item);
  if (typeof item?.info?.runId === "string") return item;
  throw new InvalidInputError(
    messages.wrongType(
      `A run of ${verb}`,
      item,
      "a run, or the id of one",
      "await searchRuns() gives runs; activeRun()?.id is an id.",
    ),
  );
}
