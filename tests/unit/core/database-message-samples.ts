import type { databaseMessages } from "../../../src/core/messages/databases";

type Messages = typeof databaseMessages;

/** What the messages about databases are called with. */
export const DATABASE_MESSAGE_SAMPLES: { readonly [Name in keyof Messages]: readonly Parameters<Messages[Name]>[] } = {
  sqliteMissing: [["/home/me/mlflow.db"]],
  databasePackageMissing: [["PostgreSQL", "pg", "postgresql://me:secret@host/mlflow"]],
  notADatabaseUri: [["file:///mlruns"]],
  migratedIntoItself: [["./mlruns"]],
  garbageElsewhere: [["http://127.0.0.1:5000"]],
  databaseUnreachable: [["connect ECONNREFUSED"]],
  notAnsweringYet: [[5]],
  schemaInTheMaking: [["mysql://host/mlflow"]],
  keyTaken: [["Duplicate entry 'LR-0a1b' for key 'PRIMARY'"]],
  refusedByDatabase: [["value too long for type character varying(250)"]],
  noSuchSource: [["sqlite:////tmp/none.db"]],
  servedArtifacts: [["mlflow-artifacts:/0"]],
  servedTarget: [["penguins", "mlflow-artifacts:/1"]],
  noArtifactsDestination: [["./mlartifacts"]],
  notADatabaseOfMlflow: [["/home/me/mlflow.db", "it holds other tables"]],
  unknownSchema: [
    ["/home/me/mlflow.db", undefined, ["3.17"]],
    ["/home/me/mlflow.db", "abc", ["3.17", "3.18"]],
  ],
};
