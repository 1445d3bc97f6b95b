import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { PartPaths } from "../../../scripts/parts";
import { TrackingClient } from "../../../src/tracking/client";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { databaseDump, registryDump } from "../python-database/database-dump";
import { databaseFolder, schemaVersion } from "../python-database/database-folder";
import { dumpRegistry, type RegistryDump } from "../python-registry/dump";
import { fillRegistry } from "../python-registry/fill";
import { comparableDump, dumpStore, type StoreDump } from "../python-store/dump";
import { fillStore } from "../python-store/fill";
import { runConformance } from "./conformance-run";

/** A store that Python's MLflow opens without a server. */
interface Place {
  readonly folder: string;
  readonly uri: string;
  /** What must not change of it while we use it: the schema of a database. */
  readonly fixed: () => unknown;
  readonly comparable: (dump: StoreDump) => unknown;
}

const FORMS = {
  database(): Place {
    const { folder, path, uri } = databaseFolder();
    return { folder, uri, fixed: () => schemaVersion(path), comparable: databaseDump };
  },
  folder(): Place {
    const folder = temporaryFolder();
    return {
      folder,
      uri: join(folder, "ml runs é"),
      fixed: () => undefined,
      comparable: (dump) => comparableDump(dump),
    };
  },
} as const;

/** Where each MLflow fails on a store of its own, as the tests below show of 3.17.2; what it had wrong is mended in 3.18. */
const PYTHONS_OWN = {
  "3.17.2": { database: ["exp.create blank name", "lm.search status = 'READY'"], folder: ["exp.create blank name"] },
  "3.18.0": { database: [], folder: [] },
} as const;

/** The program makes so many checks of a store that it opens by itself, those that fail among them. */
const CHECKS = { database: 516, folder: 513 } as const;

interface Case {
  readonly form: keyof typeof FORMS;
  /** Who has made it, and who then leads Python's client through it. */
  readonly maker: "trackbook" | "MLflow";
  readonly mlflow: keyof typeof PYTHONS_OWN;
}

const CASES: readonly Case[] = [
  { form: "database", maker: "MLflow", mlflow: "3.17.2" },
  { form: "folder", maker: "MLflow", mlflow: "3.17.2" },
  { form: "database", maker: "trackbook", mlflow: "3.17.2" },
  { form: "folder", maker: "trackbook", mlflow: "3.17.2" },
  { form: "database", maker: "trackbook", mlflow: "3.18.0" },
  { form: "folder", maker: "trackbook", mlflow: "3.18.0" },
];

describeWithParts(["python", "next-mlflow"], "Python's client opens a store by itself", (parts) => {
  test.each(CASES)(
    "a $form made by $maker, with MLflow $mlflow: as one of its own, and we go on with what it leaves",
    {
      timeout: 300_000,
    },
    async ({ form, maker, mlflow }) => {
      const { python } = pythonWith(mlflow, parts);
      const { folder, uri, fixed, comparable } = FORMS[form]();
      if (maker === "trackbook") {
        const filling = new TrackingClient(uri);
        await fillStore(filling, folder);
        await fillRegistry(filling);
      }
      if (form === "database" && mlflow === "3.18.0") await upgrade(python, uri);
      const failed = PYTHONS_OWN[mlflow][form];
      expect(await runConformance(python, uri, folder)).toEqual({ passed: CHECKS[form] - failed.length, failed });

      const before = fixed();
      const client = new TrackingClient(byAnotherPath(uri, folder));
      await goOn(client);
      const ask = <Answer>(script: string) =>
        runPython<Answer>(python, join(__dirname, "..", script), { args: ["dump", uri], cwd: folder });
      expect(comparable(await ask<StoreDump>("python-store/store.py"))).toEqual(comparable(await dumpStore(client)));
      expect(registryDump(await ask<RegistryDump>("python-registry/registry.py"))).toEqual(
        registryDump(await dumpRegistry(client)),
      );
      expect(fixed()).toEqual(before);
    },
  );
});

const pythonWith = (mlflow: Case["mlflow"], parts: Pick<PartPaths, "python" | "next-mlflow">) =>
  parts[mlflow === "3.17.2" ? "python" : "next-mlflow"];

/** The URI of the same store, which is opened anew by it. */
function byAnotherPath(uri: string, folder: string): string {
  const link = join(temporaryFolder(), "linked");
  symlinkSync(folder, link);
  return uri.replace(folder, link);
}

/** Brings a database to the schema of a later MLflow. */
async function upgrade(python: string, uri: string): Promise<void> {
  await promisify(execFile)(python, ["-W", "ignore", "-m", "mlflow", "db", "upgrade", uri]);
}

/** Writes and searches beside what Python has left. */
async function goOn(client: TrackingClient): Promise<void> {
  const experiments = await client.searchExperiments();
  expect(experiments.length).toBeGreaterThan(5);
  const { runId } = (await client.createRun("0", { runName: "after Python" })).info;
  await client.logMetric(runId, "loss", 0.5);
  await client.logParam(runId, "lr", 0.1);
  const all = experiments.map(({ experimentId }) => experimentId);
  const found = await client.searchRuns(all, { filter: "run_name = 'after Python' AND metrics.loss < 1" });
  expect(found.map(({ info }) => info.runId)).toEqual([runId]);
  await client.createRegisteredModel("after Python");
  const { version } = await client.createModelVersion("after Python", "/model", { runId });
  await client.setRegisteredModelAlias("after Python", "champion", version);
  expect(await client.searchModelVersions({ filter: `run_id = '${runId}'` })).toHaveLength(1);
}
