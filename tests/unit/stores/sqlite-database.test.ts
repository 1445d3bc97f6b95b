import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRegistryStore, openTrackingStore } from "../../../src/stores";
import { sqliteStores } from "../../../src/stores/sql";
import { requireSqlite, type SqliteDriver } from "../../../src/stores/sql/drivers";
import { getTrackingUri, setTrackingUri } from "../../../src/tracking";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

/** Asks a database beside the store. */
function ask<Answer>(path: string, use: (database: SqliteDriver) => Answer): Answer {
  const database = requireSqlite(path)(path, {});
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** The first column of what a database answers. */
const column = (database: SqliteDriver, sql: string): unknown[] =>
  database.execute({ sql, parameters: [], rows: true }).map((row) => Object.values(row)[0]);

function newDatabase(): { path: string; artifactRoot: string } {
  const folder = temporaryFolder();
  return { path: join(folder, "deep", "mlflow.db"), artifactRoot: join(folder, "mlruns") };
}

describe("a new SQLite database", () => {
  test("has MLflow's whole schema, its revision, its workspace and its default experiment", () => {
    const options = newDatabase();
    const { tracking } = sqliteStores(options);
    expect(tracking.searchExperiments({}).items).toEqual([
      expect.objectContaining({ experimentId: "0", name: "Default", artifactLocation: `${options.artifactRoot}/0` }),
    ]);
    ask(options.path, (database) => {
      const [counts] = database.execute({
        sql: `select count(*) filter (where type = 'table') as tables, count(*) filter (where type = 'trigger') as triggers,
          count(*) filter (where type = 'index' and name like 'trackbook%') as ours from sqlite_master`,
        parameters: [],
        rows: true,
      });
      expect({ ...counts }).toEqual({ tables: 65, triggers: 1, ours: 4 });
      expect(column(database, "select version_num from alembic_version")).toEqual(["dc11669786a5"]);
      expect(column(database, "select name from workspaces")).toEqual(["default"]);
      expect(column(database, "pragma journal_mode")).toEqual(["wal"]);
    });
  });

  test("is opened by the SQLite of Node itself from 22.13 on", () => {
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    const isThere = major > 22 || (major === 22 && minor >= 13);
    ask(join(temporaryFolder(), "any.db"), ({ name }) => expect(name).toBe(isThere ? "node:sqlite" : "better-sqlite3"));
  });

  test("is not made by opening it", () => {
    const { path } = newDatabase();
    expect(openTrackingStore(`sqlite:///${path}`).uri).toBe(`sqlite:///${path}`);
    expect(existsSync(path)).toBe(false);
  });
});

describe("a text in a SQLite database", () => {
  const readOf = (text: string) => {
    const { tracking } = sqliteStores(newDatabase());
    const { runId } = tracking.createRun({
      experimentId: "0",
      runName: "any",
      userId: "u",
      startTime: 1,
      tags: [],
    }).info;
    tracking.logBatch(runId, { params: [{ key: "text", value: text }] });
    return tracking.getRun(runId).data.params.text;
  };

  test("is kept as it is", () => {
    for (const text of [" a\r\n\tb ", "é", "e\u0301", "\u{1f600}", "\ufeff", "\uffff", "x".repeat(6000)])
      expect(readOf(text)).toBe(text);
  });

  test("that holds half of a surrogate pair is kept as UTF-8 that Python can read", () => {
    expect(readOf("a\ud800b")).toBe("a\ufffdb");
  });

  test("is read to its end, except by Node 22: beyond a NUL", () => {
    const isNode22 = process.versions.node.startsWith("22.");
    expect(readOf("a\0b")).toBe(isNode22 ? "a" : "a\0b");
  });
});

test("a path that SQLite cannot open is told with what to look at, by whichever driver", () => {
  const error = errorOf(() => sqliteStores({ path: temporaryFolder() }).tracking.searchExperiments({}));
  expect(error).toMatchObject({ code: "INTERNAL_ERROR", hint: "check the path and the permissions of the folder." });
});

describe("a database that is none of MLflow's", () => {
  const refusal = (prepare: (database: SqliteDriver) => void) => {
    const { path } = { path: join(temporaryFolder(), "other.db") };
    ask(path, prepare);
    const before = readFileSync(path);
    const error = errorOf(() => sqliteStores({ path }).tracking.createExperiment("mine"));
    expect(readFileSync(path).equals(before)).toBe(true);
    return error;
  };

  test("is refused before anything is written: one with a schema of another revision", () => {
    const error = refusal((database) => {
      database.script("create table alembic_version (version_num text); insert into alembic_version values ('abc')");
    });
    expect(error).toMatchObject({ code: "INVALID_STATE", received: "abc" });
    expect(error.hint).toContain("mlflow db upgrade");
  });

  test("is refused before anything is written: one with other tables", () => {
    const error = refusal((database) => database.script("create table mine (a)"));
    expect(error).toMatchObject({ code: "INVALID_STATE" });
    expect(error.message).toContain("other tables");
  });

  test("is refused before anything is written: a file that is no database", () => {
    const path = join(temporaryFolder(), "notes.txt");
    writeFileSync(path, "my notes, which are longer than the header of a database is: ".repeat(20));
    const error = errorOf(() => sqliteStores({ path }).tracking.searchExperiments({}));
    expect(error.code).toBe("INTERNAL_ERROR");
    expect(error.message).toContain("not a database");
    expect(readFileSync(path, "utf8")).toMatch(/^my notes/);
  });

  test("but of MLflow 3.18 is used", () => {
    const options = newDatabase();
    const first = sqliteStores(options);
    first.tracking.createExperiment("mine");
    first.close();
    ask(options.path, (database) => database.script("update alembic_version set version_num = 'f4a9b2c7d1e6'"));
    expect(sqliteStores(options).tracking.getExperimentByName("mine")?.experimentId).toBe("1");
  });
});

describe("a sqlite: URI", () => {
  test("names one store and one registry, by an absolute or a relative path", () => {
    const relative = openTrackingStore("sqlite:///some.db");
    expect(relative.uri).toBe(`sqlite:///${join(process.cwd(), "some.db")}`);
    expect(openTrackingStore(`sqlite+pysqlite:///${join(process.cwd(), "some.db")}`)).toBe(relative);
    expect(openRegistryStore("sqlite:///some.db").uri).toBe(relative.uri);
    setTrackingUri("sqlite:///some.db");
    expect(getTrackingUri()).toBe(relative.uri);
    setTrackingUri("");
  });

  test("needs a path", () => {
    for (const uri of ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
      expect(errorOf(() => openTrackingStore(uri))).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: uri });
  });
});
