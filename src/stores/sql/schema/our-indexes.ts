import type { Dialect } from "../dialects";

interface OurIndex {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Of the columns, the one whose greatest values come first. */
  readonly newestFirst?: string;
  /** Not on servers: their indexes take no long texts. */
  readonly hasTexts?: boolean;
}

const OUR_INDEXES: readonly OurIndex[] = [
  {
    name: "trackbook_latest_metrics_value",
    table: "latest_metrics",
    columns: ["key", "value", "run_uuid", "is_nan"],
  },
  { name: "trackbook_params_value", table: "params", columns: ["key", "value", "run_uuid"], hasTexts: true },
  {
    name: "trackbook_runs_newest",
    table: "runs",
    columns: ["experiment_id", "lifecycle_stage", "start_time", "run_uuid"],
    newestFirst: "start_time",
  },
];

/**
 * The statements that make the indexes which MLflow's schema lacks. They are on databases that trackbook made, and on others when
 * `trackbook doctor --indexes` was asked to make them; every query works without.
 */
export function ourIndexes(dialect: Dialect["name"]): readonly { readonly name: string; readonly sql: string }[] {
  const quote = dialect === "mysql" ? "`" : '"';
  return OUR_INDEXES.filter(({ hasTexts }) => dialect === "sqlite" || !hasTexts).map((index) => {
    const columns = index.columns.map((column) => {
      const order = column === index.newestFirst ? (dialect === "postgresql" ? " desc nulls last" : " desc") : "";
      return quote + column + quote + order;
    });
    return { name: index.name, sql: `create index ${index.name} on ${index.table} (${columns.join(", ")})` };
  });
}
