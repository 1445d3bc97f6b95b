import type { RegistryDump } from "../python-registry/dump";
import { IGNORED, type StoreDump } from "../python-store/dump";
import { comparable, type IgnoredField, type Plain } from "../python-store/plain";

/** What is not compared of databases, beside what is not of folders. */
const IN_DATABASES: readonly IgnoredField[] = [
  { path: "runs.latest_metrics.run_id", reason: "Python leaves it out for databases" },
  { path: "runs.histories.*.run_id", reason: "Python leaves it out for databases" },
  { path: "runs.run.inputs.model_inputs", reason: "Python's search finds none in databases, though its get_run does" },
];

/** A dump of a database as it is compared. */
export function databaseDump({ models, ...dump }: StoreDump): Plain {
  const whole = { ...dump, models: models.map(withoutEmptyMetrics) };
  return comparable(whole as unknown as Plain, [...IGNORED, ...IN_DATABASES], () => {});
}

/** Python says nothing where a model has none. */
function withoutEmptyMetrics(model: Plain): Plain {
  const { metrics, ...rest } = model as { readonly metrics?: readonly Plain[] };
  return (metrics?.length === 0 ? rest : model) as Plain;
}

/** What Python leaves out of the versions in its answers for databases; aliases are compared as the model's. */
const LEFT_OUT = new Set(["aliases", "modelId", "params", "metrics"]);

/** A dump of a database's registry as it is compared. */
export const registryDump = (dump: RegistryDump): unknown =>
  JSON.parse(JSON.stringify(dump), (_, value: unknown) => (isVersion(value) ? versionAsCompared(value) : value));

const isVersion = (value: unknown): value is object =>
  typeof value === "object" && value !== null && "currentStage" in value;

const versionAsCompared = (version: object): object =>
  Object.fromEntries(Object.entries(version).filter(([name]) => !LEFT_OUT.has(name)));
