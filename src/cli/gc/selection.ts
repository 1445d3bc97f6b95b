import { InvalidInputError, messages } from "../../core";
import type { DeletedEntity, DeletedKind } from "../../stores";
import { onlyMatch } from "../ids";

/** What of all that is deleted shall go. */
export interface GarbageQuery {
  /** Epoch milliseconds: only what was deleted before. */
  readonly before?: number;
  /** The age behind `before`, as it was given. */
  readonly olderThan?: string;
  /** Ids or their beginnings. With any of these lists nothing else goes. */
  readonly runIds?: readonly string[];
  readonly experimentIds?: readonly string[];
  readonly loggedModelIds?: readonly string[];
}

/**
 * The deleted entities that a query means, an experiment after what is in it.
 *
 * @throws INVALID_PARAMETER_VALUE for an id that is named and not deleted, or not long enough
 */
export function selectGarbage(deleted: readonly DeletedEntity[], query: GarbageQuery): DeletedEntity[] {
  const named = [
    ...pick(deleted, "run", query.runIds, query),
    ...pick(deleted, "logged model", query.loggedModelIds, query),
    ...pick(deleted, "experiment", query.experimentIds, query),
  ];
  const isNamed = query.runIds ?? query.experimentIds ?? query.loggedModelIds;
  const chosen = new Set(
    isNamed ? named : deleted.filter((entity) => isOld(entity, query) && !entity.goesWithExperiment),
  );
  const experiments = new Set([...chosen].filter(({ kind }) => kind === "experiment").map(({ id }) => id));
  // An experiment in which something was deleted lately stays until that is old enough, too.
  for (const entity of deleted) if (!isOld(entity, query)) experiments.delete(entity.experimentId);
  return deleted.filter((entity) =>
    entity.kind === "experiment"
      ? experiments.has(entity.id)
      : experiments.has(entity.experimentId) || (chosen.has(entity) && !entity.goesWithExperiment),
  );
}

function pick(
  deleted: readonly DeletedEntity[],
  kind: DeletedKind,
  prefixes: readonly string[] = [],
  query: GarbageQuery,
): DeletedEntity[] {
  const known = deleted.filter((entity) => entity.kind === kind && !entity.goesWithExperiment);
  const ids = prefixes.map((prefix) =>
    onlyMatch(
      `deleted ${kind}`,
      prefix,
      known.map(({ id }) => id),
    ),
  );
  const found = known.filter(({ id }) => ids.includes(id));
  const young = found.filter((entity) => !isOld(entity, query)).map(({ id }) => id);
  if (young.length > 0) throw new InvalidInputError(messages.deletedTooLately(kind, young, query.olderThan ?? ""));
  return found;
}

/** Like MLflow: what does not say when it was deleted counts as old. */
const isOld = ({ deletedTime }: DeletedEntity, { before }: GarbageQuery): boolean =>
  before === undefined || deletedTime === undefined || deletedTime <= before;
