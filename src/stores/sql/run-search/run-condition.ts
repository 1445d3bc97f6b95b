import { type RawBuilder, type SqlBool, sql } from "kysely";
import { TAGS } from "../../../core";
import type { Comparison, Expression } from "../../../search";
import type { Dialect } from "../dialects";
import { KEYED_TABLES } from "../schema";
import type { ClauseForm } from "./plan";

type Condition = RawBuilder<SqlBool>;
type Text = RawBuilder<string>;
type Amount = RawBuilder<number>;

/** Text attributes of runs, as search/tables/run-table.ts reads them. */
export const TEXT_ATTRIBUTES: Readonly<Record<string, Text>> = {
  run_id: sql`runs.run_uuid`,
  run_name: sql`coalesce(runs.name, '')`,
  status: sql`coalesce(runs.status, 'RUNNING')`,
  user_id: sql`coalesce(runs.user_id, '')`,
  artifact_uri: sql`coalesce(runs.artifact_uri, '')`,
};

/** Attributes of runs that are numbers. */
export const NUMBER_ATTRIBUTES: Readonly<Record<string, Amount>> = {
  start_time: sql`runs.start_time`,
  end_time: sql`runs.end_time`,
  experiment_id: sql`runs.experiment_id`,
};

/**
 * A filter of runs as a condition on a row of `runs`. A clause over what a run lacks is false and never unknown, so that NOT means
 * what it means in the file store.
 */
export function runCondition(dialect: Dialect, filter: Expression, form: ClauseForm): Condition {
  switch (filter.kind) {
    case "and":
    case "or": {
      const operands = filter.operands.map((operand) => runCondition(dialect, operand, form));
      if (operands.length === 0) return filter.kind === "and" ? sql`1 = 1` : sql`1 = 0`;
      return joined(operands, filter.kind === "and" ? sql`and` : sql`or`);
    }
    case "not":
      return sql`not ${runCondition(dialect, filter.operand, form)}`;
    case "comparison":
      return clause(dialect, filter, form);
  }
}

/** Half and half: SQLite takes an expression a thousand levels deep, and a plain row of clauses is as deep as it is long. */
function joined(operands: readonly Condition[], word: RawBuilder<unknown>): Condition {
  if (operands.length === 1) return operands[0] as Condition;
  const middle = operands.length >> 1;
  return sql`(${joined(operands.slice(0, middle), word)} ${word} ${joined(operands.slice(middle), word)})`;
}

function clause(dialect: Dialect, comparison: Comparison, form: ClauseForm): Condition {
  switch (comparison.entity) {
    case "attribute":
      return attributeClause(dialect, comparison);
    case "metric":
      return metricClause(dialect, comparison, form);
    case "param":
    case "tag":
      return textClause(dialect, comparison, form);
    case "dataset":
      return datasetClause(dialect, comparison);
  }
}

function attributeClause(dialect: Dialect, comparison: Comparison): Condition {
  const text = TEXT_ATTRIBUTES[comparison.key];
  if (text) return sql`(${textTest(dialect, text, comparison)})`;
  const column = NUMBER_ATTRIBUTES[comparison.key] as Amount;
  return sql`(${column} is not null and ${numberTest(dialect, column, comparison)})`;
}

/** As IEEE's numbers compare: a NaN passes every `!=` and nothing else. */
function metricClause(dialect: Dialect, comparison: Comparison, form: ClauseForm): Condition {
  const value = sql<number>`one.value`;
  const test = numberTest(dialect, form === "each" ? dialect.unindexed(value) : value, comparison);
  return hasRow(
    comparison,
    form,
    comparison.operator === "!=" ? sql`(one.is_nan or ${test})` : sql`not one.is_nan and ${test}`,
  );
}

/** Params and tags: one row for each key of a run. */
function textClause(dialect: Dialect, comparison: Comparison, form: ClauseForm): Condition {
  const { operator, entity } = comparison;
  if (operator === "IS NULL") return sql`not ${hasRow(comparison, form)}`;
  if (operator === "IS NOT NULL") return hasRow(comparison, form);
  const value: Text = entity === "param" ? sql`one.value` : sql`coalesce(one.value, '')`;
  return hasRow(comparison, form, textTest(dialect, value, comparison));
}

/** The run has a row of the clause's key that meets a test. */
function hasRow({ entity, key }: Comparison, form: ClauseForm, test?: Condition): Condition {
  const rows = sql`${sql.table(KEYED_TABLES[entity] as string)} one where ${sql.ref("one.key")} = ${key}${test ? sql` and ${test}` : sql``}`;
  return form === "each"
    ? sql`exists (select 1 from ${rows} and one.run_uuid = runs.run_uuid)`
    : sql`runs.run_uuid in (select one.run_uuid from ${rows})`;
}

/** One of the run's data sets needs to match. */
function datasetClause(dialect: Dialect, comparison: Comparison): Condition {
  const ofRun = sql`one.destination_id = runs.run_uuid and one.destination_type = 'RUN' and one.source_type = 'DATASET'`;
  if (comparison.key === "context")
    return sql`exists (select 1 from inputs one join input_tags tag on tag.input_uuid = one.input_uuid where ${ofRun} and tag.name = ${TAGS.dataContext} and ${textTest(dialect, sql`tag.value`, comparison)})`;
  const column: Text = comparison.key === "name" ? sql`datasets.name` : sql`datasets.digest`;
  return sql`exists (select 1 from inputs one join datasets on datasets.dataset_uuid = one.source_id where ${ofRun} and ${textTest(dialect, column, comparison)})`;
}

const symbolOf = (operator: string) => sql.raw(operator === "!=" ? "<>" : operator);

function numberTest(dialect: Dialect, column: Amount, { operator, value }: Comparison): Condition {
  const limit = value as number;
  if (Number.isFinite(limit)) return sql`${column} ${symbolOf(operator)} ${dialect.number(limit)}`;
  // Not every database knows infinities; every number that one holds stands to them as 0 does.
  const isMet = operator === "!=" || operator.startsWith(limit > 0 ? "<" : ">");
  return isMet ? sql`1 = 1` : sql`1 = 0`;
}

function textTest(dialect: Dialect, column: Text, { operator, value }: Comparison): Condition {
  switch (operator) {
    case "LIKE":
    case "ILIKE":
      return dialect.like(column, value as string, operator === "ILIKE");
    case "IN":
      return dialect.isAmong(dialect.exact(column), value as readonly string[]);
    case "NOT IN":
      return sql`not ${dialect.isAmong(dialect.exact(column), value as readonly string[])}`;
    default:
      return sql`${dialect.exact(column)} ${symbolOf(operator)} ${value}`;
  }
}
