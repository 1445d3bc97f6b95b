import { type Dialect, INDEXED_CHARACTERS } from "../dialects";

/** The tables of what runs have by keys, by the word of the filter language for it. */
export const KEYED_TABLES: Readonly<Partial<Record<string, "latest_metrics" | "params" | "tags">>> = {
  metric: "latest_metrics",
  param: "params",
  tag: "tags",
};

/** The name of the index that is ours on a table. */
export const OUR_INDEX = {
  latest_metrics: "trackbook_latest_metrics_value",
  params: "trackbook_params_value",
  tags: "trackbook_tags_value",
  runs: "trackbook_runs_newest",
} as const;

const COLUMNS: Readonly<Record<keyof typeof OUR_INDEX, readonly string[]>> = {
  latest_metrics: ["key", "value", "run_uuid", "is_nan"],
  params: ["key", "value", "run_uuid"],
  tags: ["key", "value", "run_uuid"],
  runs: ["experiment_id", "lifecycle_stage", "start_time", "run_uuid"],
};

/** Columns that an index has in another form than by their name: the newest first, and of texts the beginning, for servers take no long ones. */
const FORMS: Readonly<Record<Dialect["name"], { readonly time: string; readonly text: string }>> = {
  sqlite: { time: '"start_time" desc', text: '"value"' },
  postgresql: {
    time: '"start_time" desc nulls last',
    text: `(left("value", ${INDEXED_CHARACTERS}) collate "C")`,
  },
  mysql: { time: "`start_time` desc", text: `\`value\`(${INDEXED_CHARACTERS})` },
};

/**
 * The statements that make the indexes which MLflow's schema lacks. They are on databases that trackbook made, and on others when
 * `trackbook doctor --indexes` was asked to make them; every query works without.
 */
export function ourIndexes(dialect: Dialect["name"]): readonly { readonly name: string; readonly sql: string }[] {
  const quote = dialect === "mysql" ? "`" : '"';
  const { time, text } = FORMS[dialect];
  return Object.entries(OUR_INDEX).map(([table, name]) => {
    const columns = COLUMNS[table as keyof typeof OUR_INDEX].map((column) => {
      if (column === "start_time") return time;
      return column === "value" && table !== "latest_metrics" ? text : quote + column + quote;
    });
    return { name, sql: `create index ${name} on ${table} (${columns.join(", ")})` };
  });
}
