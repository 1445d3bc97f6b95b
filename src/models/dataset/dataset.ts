import { InvalidInputError, LIMITS, messages, nearest, now, validateOptions, type Dataset } from "../../core";
import { richKind } from "../../runtime";
import { contextTags, requireView } from "../../tracking";
import { captureTable, type TableSample } from "../table";
import { digestOf } from "./dataset-digest";
import { profileOf } from "./dataset-profile";
import { type DatasetSource, describeSource } from "./dataset-source";
import { asNamedColumns, asTensors, schemaOf, schemaToJson, type Schema } from "../signature";

/** Options of {@link dataset}. */
export interface DatasetOptions {
  /** @default "dataset" */
  readonly name?: string;
  /** What is to be predicted: the name of a column of the data, or the values themselves. */
  readonly targets?: unknown;
  /** Where the data came from: a path or URI. @default the running program */
  readonly source?: string;
}

/** A data set of which a bounded copy is taken and the description is still to be worked out. */
export interface CapturedDataset {
  readonly name: string;
  /** Rows of the whole data, when they can be counted. */
  readonly rows?: number;
  /** The copy of the data without the targets. */
  readonly features: TableSample;
  /** Digest, schema and profile: up to some tens of milliseconds of work; the same object at every call. */
  describe(): Dataset;
}

/**
 * Takes a bounded copy of the data now (at most 10,000 rows, evenly spread) so that it can be described later, outside
 * the caller's path, however the caller changes or disposes it meanwhile. Never throws: what cannot be read is
 * described by its name and source alone.
 */
export function captureDataset(
  data: unknown,
  { name = "dataset", targets, source }: DatasetOptions = {},
): CapturedDataset {
  const features = captureTable(data);
  const labels = targets === undefined || typeof targets === "string" ? undefined : captureTable(targets);
  const origin = describeSource(source, Object.fromEntries(contextTags()));
  let described: Dataset | undefined;
  return {
    name,
    rows: features.rows,
    features,
    describe: () => (described ??= describe(name, features, labels, origin)),
  };
}

/**
 * What the public `dataset` gives.
 *
 * @throws InvalidInputError when the data is none, the target column does not exist, or an option is unknown.
 */
export function dataset(data: unknown, options: DatasetOptions = {}): Dataset {
  validateOptions("dataset", options, ["name", "targets", "source"]);
  const { name, targets, source } = options;
  if (name !== undefined && (typeof name !== "string" || name === "" || name.length > LIMITS.datasetNameLength))
    throw new InvalidInputError(messages.nameLength("dataset", name, LIMITS.datasetNameLength));
  if (source !== undefined && typeof source !== "string")
    throw new InvalidInputError(
      messages.wrongType(
        "The source of a dataset",
        source,
        "a path or URI",
        'dataset(rows, { source: "data/cars.json" }) says where the data come from.',
      ),
    );
  const features = captureTable(data);
  refuseOpaque("The data of a dataset", data, features);
  if (typeof targets === "string") requireColumn(features, targets);
  const labels = targets === undefined || typeof targets === "string" ? undefined : captureTable(targets);
  if (labels) refuseOpaque("The targets of a dataset", targets, labels);
  const origin = describeSource(source, Object.fromEntries(contextTags()));
  return shownDataset(describe(name ?? "dataset", features, labels, origin));
}

const shownDataset = richKind<Dataset>({
  render: (described, style) => {
    const { datasetLineView, describeDataset, render } = requireView();
    return render(datasetLineView, describeDataset(described), { now: now(), ...style });
  },
  summarize: ({ name, digest }) => `Dataset ${name} (${digest})`,
});

/** A table without rows is still data; a function is not. */
function refuseOpaque(what: string, data: unknown, table: TableSample): void {
  const single = data === null || typeof data !== "object";
  if (single || (table.kind === "opaque" && table.reason !== "empty"))
    throw new InvalidInputError(messages.noTable(what, data, table.kind === "opaque" ? table.reason : "not data"));
}

function requireColumn(table: TableSample, target: string): void {
  const names = table.kind === "columns" ? table.columns.flatMap(({ name }) => (name === undefined ? [] : [name])) : [];
  if (!names.includes(target))
    throw new InvalidInputError(messages.noSuchColumn("The dataset", target, names, nearest(target, names)));
}

function describe(
  name: string,
  features: TableSample,
  targets: TableSample | undefined,
  source: DatasetSource,
): Dataset {
  const schema = datasetSchema(schemaOf(features), targets && schemaOf(targets));
  const schemaText = schema && JSON.stringify(schema);
  const profile = profileOf(features, targets);
  return {
    name,
    digest: digestOf(targets ? [features, targets] : [features]),
    ...source,
    schema: schemaText !== undefined && schemaText.length <= LIMITS.datasetSchemaLength ? schemaText : undefined,
    profile: profile && JSON.stringify(profile),
  };
}

/**
 * MLflow's two forms: `mlflow_colspec` of a table (mlflow/data/pandas_dataset.py) and `mlflow_tensorspec` of arrays
 * (mlflow/data/schema.py), whose parts are JSON texts again. MLflow's page wants named columns, and tensors on both
 * sides.
 */
function datasetSchema(features: Schema | undefined, targets: Schema | undefined): object | undefined {
  if (!features) return undefined;
  if (features.kind === "columns") {
    const columns = [...asNamedColumns(features), ...(targets ? asNamedColumns(targets, "target") : [])];
    return { mlflow_colspec: schemaToJson({ kind: "columns", columns: withDistinctNames(columns) }) };
  }
  const text = (schema: Schema) => JSON.stringify(schemaToJson(asTensors(schema)));
  return { mlflow_tensorspec: { features: text(features), targets: targets ? text(targets) : null } };
}

function withDistinctNames<T extends { readonly name?: string }>(columns: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column.name ?? "";
    while (taken.has(name)) name = `${name}_`;
    taken.add(name);
    return { ...column, name };
  });
}
