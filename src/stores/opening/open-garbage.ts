import { InvalidInputError, isLocalPlace, messages } from "../../core";
import { fileGarbage } from "../file";
import { type DeletedEntity, type Garbage, removeOwnArtifacts } from "../garbage";
import { openServerStores } from "./open-server-stores";
import { openSqliteStores } from "./open-sqlite-stores";
import { isDatabaseServer } from "../server-address";
import type { Remote } from "../remote";
import type { DatabaseGarbage } from "../sql";
import { sqlitePath } from "../sqlite-address";

/**
 * What is deleted in the store that a tracking URI names.
 *
 * @throws INVALID_PARAMETER_VALUE for a tracking server, whose API removes nothing for good
 */
export function openGarbage(uri: string): Garbage {
  const database = sqlitePath(uri);
  if (database !== undefined) return garbageOf(openSqliteStores(database).garbage);
  if (isDatabaseServer(uri)) return garbageOf(openServerStores(uri).garbage);
  if (!isLocalPlace(uri)) throw new InvalidInputError(messages.garbageElsewhere(uri));
  return fileGarbage({ root: uri });
}

/** Rows go first: files without a run are found by nobody, a run without its files is. */
function garbageOf(rows: DatabaseGarbage | Remote<DatabaseGarbage>): Garbage {
  return {
    list: () => rows.listDeleted(),
    remove: async (entity: DeletedEntity) => {
      if (!(await rows.removeDeleted(entity))) return { removed: false };
      return { removed: true, leftArtifacts: removeOwnArtifacts(entity) };
    },
  };
}
