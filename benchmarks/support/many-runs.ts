/** What differs between databases when many runs are made in them. */
interface Kind {
  /** Statements before all others. */
  readonly before: readonly string[];
  /** A query that gives the numbers from 1 to `count` as `i`. */
  readonly numbers: (count: number) => string;
  /** Four bytes of the number `i`, spread over all that there are, and then the number, as 32 hexadecimal digits. */
  readonly id: string;
  readonly no: string;
  readonly yes: string;
}

const SPREAD = "(i * 1640531527) & 4294967295";

const KINDS = {
  sqlite: {
    before: [],
    numbers: (count) =>
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n`,
    id: `printf('%08x%024x', ${SPREAD}, i)`,
    no: "0",
    yes: "1",
  },
  postgresql: {
    // Foreign keys are not looked up.
    before: ["set session_replication_role = replica"],
    numbers: (count) => `select i from generate_series(1::bigint, ${count}) i`,
    id: `lpad(to_hex(${SPREAD}), 8, '0') || lpad(to_hex(i), 24, '0')`,
    no: "false",
    yes: "true",
  },
  mysql: {
    before: ["set sql_mode = 'ANSI'", "set foreign_key_checks = 0", "set unique_checks = 0"],
    numbers: (count) => `select seq as i from seq_1_to_${count}`,
    id: `concat(lpad(lower(hex(${SPREAD})), 8, '0'), lpad(lower(hex(i)), 24, '0'))`,
    no: "0",
    yes: "1",
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** A number from 0 to 1 for each run; numbers of different factors have nothing to do with each other. */
const anyNumber = (factor: number) => `((i * ${factor} % 4294967296) / 4294967296.0)`;

const LOSS = anyNumber(2_654_435_761);

const METRICS: Readonly<Record<string, string>> = {
  loss: LOSS,
  val_loss: anyNumber(1_779_033_703),
  acc: `1 - ${LOSS}`,
  f1: anyNumber(3_144_134_277),
  auc: anyNumber(1_013_904_242),
  precision: anyNumber(2_773_480_762),
  recall: anyNumber(1_359_893_119),
  lr: anyNumber(2_600_822_924),
  seconds: "i % 1000",
};

const PARAMS: Readonly<Record<string, string>> = {
  optimizer: "case i % 3 when 0 then 'adam' when 1 then 'sgd' else 'rmsprop' end",
  lr: `'0.' || (i * 2654435761 % 100003)`,
  batch_size: `'' || (i * 7 % 6 * 16)`,
  layers: `'' || (i * 11 % 10)`,
  seed: `'' || i`,
};

const TAGS: Readonly<Record<string, string>> = {
  "mlflow.user": `'user' || (i % 50)`,
  "mlflow.runName": `'run ' || i`,
  "mlflow.source.name": "'train.ts'",
  "mlflow.source.type": "'LOCAL'",
  team: `'team ' || (i * 13 % 20)`,
};

/** The experiment that has nearly all runs, and the one that has {@link FEW_RUNS}. */
export const [LARGE_EXPERIMENT, SMALL_EXPERIMENT] = ["101", "102"];
export const FEW_RUNS = 500;

/**
 * The statements that make runs in a database with MLflow's schema, each with 5 params, 9 metrics and 5 tags. Besides, one of a
 * hundred has the metric `rare` (a third of them as a NaN), and one of ten thousand the tag `release`.
 */
export function manyRuns(kind: keyof typeof KINDS, count: number): readonly string[] {
  const { before, numbers, id, no, yes }: Kind = KINDS[kind];
  const every = Math.floor(count / FEW_RUNS);
  const experiment = `case when i % ${every} = 3 then ${SMALL_EXPERIMENT} else ${LARGE_EXPERIMENT} end`;
  const texts = (table: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(
      ([key, value]) => `insert into ${table} ("key", value, run_uuid) select '${key}', ${value}, id from numbered`,
    );
  const metric = (key: string, value: string, isNan = no, behind = "") =>
    `insert into latest_metrics ("key", value, "timestamp", step, is_nan, run_uuid) select '${key}', ${value}, 1700000000000 + i, 10, ${isNan}, id from numbered${behind}`;
  return [
    ...before,
    ...[LARGE_EXPERIMENT, SMALL_EXPERIMENT].map(
      (number) =>
        `insert into experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time, workspace) values (${number}, 'many runs ${number}', '/nowhere/${number}', 'active', 1, 1, 'default')`,
    ),
    `create temporary table numbered as select i, ${id} as id from (${numbers(count)}) numbers`,
    `insert into runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
     select id, 'run ' || i, 'UNKNOWN', '', '', 'user' || (i % 50), case when i % 20 = 0 then 'FAILED' else 'FINISHED' end, 1700000000000 + i * 1000,
       1700000000000 + i * 1000 + 500, '', case when i % 100 = 7 then 'deleted' else 'active' end, '/nowhere/' || id || '/artifacts', ${experiment} from numbered`,
    ...Object.entries(METRICS).map(([key, value]) => metric(key, value)),
    metric(
      "rare",
      `case when i % 300 = 0 then 0 else ${LOSS} end`,
      `case when i % 300 = 0 then ${yes} else ${no} end`,
      " where i % 100 = 0",
    ),
    ...texts("params", PARAMS),
    ...texts("tags", TAGS),
    `insert into tags ("key", value, run_uuid) select 'release', 'yes', id from numbered where i % 10000 = 1`,
    "drop table numbered",
  ];
}
