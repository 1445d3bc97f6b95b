import { describe, expect, onTestFinished, test } from "vitest";
import { type DatabaseServer, startMariadb, startPostgresql } from "../../support/database-server";
import { serverStores } from "../../../src/stores/sql";
import { requirePart } from "../../support/parts";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { runConformance } from "./conformance-run";

/** The program makes so many checks over HTTP. */
const CHECKS = 566;

interface Backend {
  readonly kind: string;
  /** Where the server is to keep things. */
  readonly open: () => string | Promise<string>;
  /** The checks that this kind cannot pass, and why. */
  readonly exceptions: readonly { readonly check: string; readonly reason: string }[];
}

const LONG_NAMES = {
  check: "exp.create name =500",
  reason: "the name has 500 characters, and MLflow's column 256, which SQLite does not mind",
};

const BACKENDS: readonly Backend[] = [
  {
    kind: "a folder",
    open: () => "./runs",
    exceptions: [
      {
        check: "metric.identical row is stored once",
        reason: "a file store appends every point, as the program knows where it opens Python's own",
      },
    ],
  },
  { kind: "SQLite", open: () => "sqlite:///runs.db", exceptions: [] },
  {
    kind: "PostgreSQL",
    open: () => database(startPostgresql(requirePart("postgresql"))),
    exceptions: [LONG_NAMES],
  },
  { kind: "MariaDB", open: () => database(startMariadb(requirePart("mariadb"))), exceptions: [LONG_NAMES] },
];

async function database(starting: Promise<DatabaseServer>): Promise<string> {
  const server = await starting;
  onTestFinished(() => server.stop());
  const uri = await server.database("conformance");
  // The schema may take longer to make than a server waits for its database before it begins.
  const stores = serverStores({ uri, artifactRoot: "mlflow-artifacts:/" });
  await stores.tracking.searchExperiments({});
  await stores.close();
  return uri;
}

describe("Python's client finds what it expects of trackbook server", () => {
  test.each(BACKENDS)(
    "on a store in $kind",
    async ({ open, exceptions }) => {
      const { python } = requirePart("python");
      const uri = await open();
      const folder = temporaryFolder();
      const server = await startProgram(folder, ["server", "--backend-store-uri", uri, "-p", "0"]);
      expect(await runConformance(python, server.url, folder)).toEqual({
        passed: CHECKS - exceptions.length,
        failed: exceptions.map(({ check }) => check),
      });
      expect(server.output().stderr).toBe("");
    },
    400_000,
  );
});
