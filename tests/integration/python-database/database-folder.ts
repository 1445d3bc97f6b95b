import { join } from "node:path";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openTrackingStore } from "../../../src/stores";
import { temporaryFolder } from "../../support/temporary-folder";

/** A place for a database. */
export interface DatabaseFolder {
  readonly folder: string;
  readonly path: string;
  readonly uri: string;
}

/** A new folder for a database, the artifacts of which go there as well: MLflow keeps them where a program is started. */
export function databaseFolder(): DatabaseFolder {
  const folder = temporaryFolder();
  const path = join(folder, "mlflow é.db");
  const uri = `sqlite:///${path}`;
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(folder);
  openTrackingStore(uri);
  return { folder, path, uri };
}

/** SQLite's count of changes to the schema of a database. */
export function schemaVersion(path: string): unknown {
  const database = new Database(path, { readonly: true });
  const version = database.pragma("schema_version", { simple: true });
  database.close();
  return version;
}
