import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { TrackingClient } from "../../../src/tracking/client";
import { startMariadb, startPostgresql } from "../../support/database-server";
import { describeWithParts, requirePart } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { dumpRegistry, type RegistryDump } from "../python-registry/dump";
import { fillRegistry } from "../python-registry/fill";
import { dumpStore, type StoreDump } from "../python-store/dump";
import { fillStore } from "../python-store/fill";
import { databaseDump, registryDump } from "./database-dump";

/** The drivers that Python is told to use are nothing to us. */
const SERVERS = [
  { kind: "PostgreSQL", scheme: "postgresql+psycopg2", start: () => startPostgresql(requirePart("postgresql")) },
  { kind: "MariaDB", scheme: "mysql+pymysql", start: () => startMariadb(requirePart("mariadb")) },
] as const;

describeWithParts(["python", "next-mlflow"], "a database on a server that we made and filled", (parts) => {
  test.each(SERVERS)(
    "is read alike by Python's MLflow: on $kind, by 3.17, and by 3.18 after its own upgrade",
    { timeout: 600_000 },
    async ({ scheme, start }) => {
      const server = await start();
      onTestFinished(() => server.stop());
      const folder = temporaryFolder();
      const before = process.cwd();
      onTestFinished(() => process.chdir(before));
      process.chdir(folder);
      const uri = (await server.database("ours")).replace(/^\w+/, scheme);
      const filling = new TrackingClient(uri);
      await fillStore(filling, folder);
      await fillRegistry(filling);

      const expectEqualReadings = async (python: string, client: TrackingClient) => {
        const ask = <Answer>(script: string) =>
          runPython<Answer>(python, join(__dirname, "..", script), { args: ["dump", uri], cwd: folder });
        expect(databaseDump(await ask<StoreDump>("python-store/store.py"))).toEqual(
          databaseDump(await dumpStore(client)),
        );
        expect(registryDump(await ask<RegistryDump>("python-registry/registry.py"))).toEqual(
          registryDump(await dumpRegistry(client)),
        );
      };
      await expectEqualReadings(parts.python.python, filling);

      const { python } = parts["next-mlflow"];
      await promisify(execFile)(python, ["-W", "ignore", "-m", "mlflow", "db", "upgrade", uri]);
      // By another name of the host it is opened anew.
      const client = new TrackingClient(uri.replace("127.0.0.1", "localhost"));
      const { runId } = (await client.createRun("0", { runName: "after the upgrade" })).info;
      await client.logMetric(runId, "loss", 0.5);
      expect(await client.searchRuns(["0"], { filter: "metrics.loss < 1 AND run_name LIKE 'after%'" })).toHaveLength(1);
      await client.createRegisteredModel("after the upgrade");
      await expectEqualReadings(python, client);
    },
  );
});
