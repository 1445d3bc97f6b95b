import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import mysql from "mysql2/promise";
import pg from "pg";
import type { PartPaths } from "../../scripts/parts";
import { freePort } from "../../scripts/free-port";

/** A database server of a test's own. */
export interface DatabaseServer {
  /** The URI of a database, which is made when it is new. */
  database(name: string): Promise<string>;
  /** Carries a statement out in a database. */
  run(database: string, sql: string): Promise<void>;
  /** Ends it at once and lets it begin again, as a crash does: nothing that is under way comes to its end. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Debian's user of this number owns nothing. */
const NOBODY = 65_534;
/** These servers refuse to run as root. */
const unprivileged = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

const execute = promisify(execFile);

/** Starts PostgreSQL on a free port. */
export async function startPostgresql({ bin }: PartPaths["postgresql"]): Promise<DatabaseServer> {
  const folder = newFolder();
  const data = join(folder, "data");
  const options = { cwd: folder, ...unprivileged };
  await execute(
    join(bin, "initdb"),
    ["-D", data, "-U", "tests", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
    options,
  );
  const port = await freePort();
  const settings = ["fsync=off", "listen_addresses=127.0.0.1", "max_connections=60"].flatMap((one) => ["-c", one]);
  const uriOf = (name: string) => `postgresql://tests@127.0.0.1:${port}/${name}`;
  const run = async (database: string, sql: string) => {
    const client = new pg.Client({ connectionString: uriOf(database) });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  return serve({
    folder,
    // Its processes end together then: of those that SIGKILL leaves behind the next server is afraid.
    crash: "SIGQUIT",
    start: () =>
      spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), "-k", folder, ...settings], {
        ...options,
        stdio: "ignore",
      }),
    isReady: () => run("postgres", "select 1"),
    create: (name) => run("postgres", `create database "${name}"`),
    uriOf,
    run,
  });
}

const MARIADB_ADMINISTRATOR = "root";

/** Starts MariaDB on a free port. */
export async function startMariadb({ server, install }: PartPaths["mariadb"]): Promise<DatabaseServer> {
  const folder = newFolder();
  const data = join(folder, "data");
  const options = { cwd: folder, ...unprivileged };
  await execute(
    install,
    ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db"],
    options,
  );
  const port = await freePort();
  const settings = [
    "--no-defaults",
    `--datadir=${data}`,
    `--socket=${join(folder, "s")}`,
    `--pid-file=${join(folder, "pid")}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--character-set-server=utf8mb4",
    "--innodb-flush-log-at-trx-commit=2",
  ];
  const uriOf = (name: string) => `mysql://${MARIADB_ADMINISTRATOR}@127.0.0.1:${port}/${name}`;
  const run = async (database: string, sql: string) => {
    const connection = await mysql.createConnection({ uri: uriOf(database), multipleStatements: true });
    await connection.query(sql).finally(() => connection.end());
  };
  return serve({
    folder,
    crash: "SIGKILL",
    start: () => spawn(server, settings, { ...options, stdio: "ignore" }),
    isReady: () => run("mysql", "select 1"),
    create: (name) => run("mysql", `create database \`${name}\``),
    uriOf,
    run,
  });
}

/** What differs between the servers. */
interface Served {
  readonly folder: string;
  /** Ends it without a word to its clients. */
  readonly crash: NodeJS.Signals;
  readonly start: () => ChildProcess;
  readonly isReady: () => Promise<void>;
  readonly create: (name: string) => Promise<void>;
  readonly uriOf: (name: string) => string;
  readonly run: (database: string, sql: string) => Promise<void>;
}

async function serve({ folder, crash, start, isReady, create, uriOf, run }: Served): Promise<DatabaseServer> {
  const made = new Set<string>();
  let server = start();
  const ready = async () => {
    for (const deadline = Date.now() + 60_000; ; await delay(50)) {
      const failure = await isReady().catch((cause: unknown) => cause);
      if (failure === undefined) return;
      if (Date.now() > deadline) throw failure;
    }
  };
  const end = async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill(crash);
    await ended;
  };
  await ready();
  return {
    async database(name) {
      if (!made.has(name)) await create(name);
      made.add(name);
      return uriOf(name);
    },
    run,
    async restart() {
      await end();
      server = start();
      await ready();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-server-"));
  chmodSync(folder, 0o755);
  if (unprivileged.uid) chownSync(folder, unprivileged.uid, unprivileged.gid);
  return folder;
}
