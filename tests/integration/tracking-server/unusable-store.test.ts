import { writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type DatabaseServer, startPostgresql } from "../../support/database-server";
import { describeWithParts } from "../../support/parts";
import { freePort } from "../../../scripts/free-port";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { trackbook } from "../cli/command-line";

const foreign = (path: string) => new Database(path).exec("create table users(a)").close();

function outdated(path: string): void {
  const database = new Database(path);
  database.exec("create table alembic_version(version_num text); insert into alembic_version values ('0a8213491aaa')");
  database.close();
}

describe("a server does not start on", () => {
  test.each([
    ["a database of somebody else's", foreign, "it holds other tables"],
    ["a database of an unknown revision", outdated, "mlflow db upgrade"],
    ["a file that is no database", (path: string) => writeFileSync(path, "x".repeat(5000)), "not a database"],
  ])("%s, and says why", async (_, make, words) => {
    const folder = temporaryFolder();
    make(join(folder, "mlflow.db"));
    for (const more of [[], ["--workers", "2"]]) {
      const args = ["server", "--backend-store-uri", "sqlite:///mlflow.db", "-p", "0", ...more];
      const { code, stdout, stderr } = await trackbook(folder, args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain(words);
      expect(stderr).not.toContain("    at ");
    }
  });
});

describeWithParts(["postgresql"], "a server whose PostgreSQL is not there yet", ({ postgresql }) => {
  let database: DatabaseServer;
  beforeAll(async () => {
    database = await startPostgresql(postgresql);
  });
  afterAll(() => database.stop());

  test("says so in a line, answers 503 until it comes, and then what is asked", async () => {
    const there = new URL(await database.database("later"));
    const port = await freePort();
    const uri = `postgresql://tests@127.0.0.1:${port}/later`;
    const program = await startProgram(temporaryFolder(), ["server", "--backend-store-uri", uri, "-p", "0"]);
    const ask = async () => (await fetch(`${program.url}/api/2.0/mlflow/experiments/get?experiment_id=0`)).status;
    expect(program.output().stderr).toMatch(/^trackbook: postgresql:.* cannot be reached yet.*\n$/);
    expect((await fetch(`${program.url}/health`)).status).toBe(200);
    expect(await ask()).toBe(503);
    const road = createServer((socket) => {
      const other = connect(Number(there.port), there.hostname);
      socket.pipe(other).pipe(socket);
      for (const end of [socket, other]) end.on("error", () => undefined);
    }).listen(port, "127.0.0.1");
    onTestFinished(() => void road.close());
    await vi.waitFor(async () => expect(await ask()).toBe(200), 20_000);
  });

  test("but does not start on a database of somebody else's there", async () => {
    const uri = await database.database("foreign");
    await database.run("foreign", "create table users(a int)");
    const { code, stderr } = await trackbook(temporaryFolder(), ["server", "--backend-store-uri", uri, "-p", "0"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("it holds other tables")]);
  });
});
