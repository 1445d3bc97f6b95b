import { dirname } from "node:path";
import { addIndexes, type DatabaseReport, examineDatabase, sqlitePath } from "../../stores";
import type { TrackingClient } from "../../tracking";
import { formatPlural } from "../../view";
import { allExperiments } from "../all-pages";
import { maskUri } from "./environment";
import type { Finding } from "./finding";
import { checkWriting } from "./writing";

const KINDS: Readonly<Record<DatabaseReport["kind"], string>> = {
  sqlite: "SQLite",
  postgresql: "PostgreSQL",
  mysql: "MySQL or MariaDB",
};

/** What database the runs are in, whether it can be used, and which indexes it has. Without `addsIndexes` nothing is changed. */
export async function checkDatabase(
  client: TrackingClient,
  { addsIndexes }: { readonly addsIndexes: boolean },
): Promise<Finding[]> {
  const path = sqlitePath(client.trackingUri);
  const writing = path === undefined ? [] : [checkWriting(dirname(path), path)];
  try {
    const added = addsIndexes ? await addIndexes(client.trackingUri) : [];
    const report = await examineDatabase(client.trackingUri);
    if (!report) return [finding("database", "ok", "not there yet: the first run makes it"), ...writing];
    return [
      finding("database", "note", `${KINDS[report.kind]}, through ${report.driver}`),
      ...writing,
      schemaOf(report),
      ...(report.mlflowVersion ? [await readingOf(client), indexesOf(report, added)] : []),
    ];
  } catch (cause) {
    return [...writing, finding("database", "broken", "cannot be used", messageOf(cause))];
  }
}

const finding = (name: string, state: Finding["state"], text: string, hint?: string): Finding => ({
  topic: "store",
  name,
  state,
  text,
  hint,
});

function schemaOf({ revision, mlflowVersion }: DatabaseReport): Finding {
  if (mlflowVersion) return finding("schema", "ok", `MLflow ${mlflowVersion}'s (${revision})`);
  return finding(
    "schema",
    "broken",
    revision === undefined ? "none of MLflow's" : `revision ${revision}, which this version does not know`,
    "`trackbook db upgrade` says what to do.",
  );
}

async function readingOf(client: TrackingClient): Promise<Finding> {
  const experiments = await allExperiments(client, { viewType: "ALL" });
  return finding("read", "ok", formatPlural(experiments.length, "experiment"));
}

function indexesOf({ indexes }: DatabaseReport, added: readonly string[]): Finding {
  if (added.length > 0) return finding("indexes", "ok", `made ${added.join(", ")}`);
  const missing = indexes.filter(({ isThere }) => !isThere).map(({ name }) => name);
  if (missing.length === 0) return finding("indexes", "ok", `${indexes.length} of ours beside MLflow's`);
  return finding(
    "indexes",
    "note",
    `without ${missing.join(", ")}`,
    "searches of many runs are faster with them: `trackbook doctor --indexes` makes them; MLflow keeps them.",
  );
}

const messageOf = (cause: unknown): string => maskUri(cause instanceof Error ? cause.message : String(cause));
