import { type SqlBool, sql } from "kysely";
import type { Metric } from "../../core";
import type { HistoryExtent, HistoryPart, HistoryPlace, HistorySteps, PartOptions } from "../history-parts";
import type { SqlContext } from "./context";
import { numberOf } from "./points";
import { requireRun } from "./runs";
import { rowOf, rowsOf, type Steps } from "./steps";

/** So many entries of an index are passed by in a few milliseconds. */
const PASSED_AT_ONCE = 25_000;

/** A part of a history, in the order of an index of MLflow's: by step. */
export function* readHistory(
  context: SqlContext,
  runId: string,
  key: string,
  { after, every = 1, first = every }: PartOptions = {},
): Steps<HistoryPart> {
  if (!after) yield* requireRun(context, runId);
  const { size } = context.dialect.parts;
  if (every === 1) {
    const rows = yield* rowsBehind(context, runId, key, after, size);
    return { points: rows.map((row) => toMetric(row, runId, key)), next: nextOf(context, rows, size) };
  }
  const points: Metric[] = [];
  const most = Math.max(1, Math.floor(PASSED_AT_ONCE / every));
  let place = after;
  while (points.length < most) {
    const distance = points.length === 0 ? first : every;
    const row: PlacedRow | undefined = yield* rowAhead(context, runId, key, place, distance);
    if (!row) return { points };
    points.push(toMetric(row, runId, key));
    place = placeOf(context, row);
  }
  return { points, next: place };
}

/** What the points of a part come to. */
export function* measureHistory(
  context: SqlContext,
  runId: string,
  key: string,
  after?: HistoryPlace,
): Steps<HistoryExtent> {
  if (!after) yield* requireRun(context, runId);
  const { db, parts } = context.dialect;
  let [count, least, greatest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let next = after;
  for (const points of pointsBehind(context, runId, key, after)) {
    const left = parts.size - count;
    if (left === 0) break;
    const number = sql<number | null>`case when is_nan then null else value end`;
    const measured = yield* rowOf(
      db
        .selectFrom(points.limit(left).as("one"))
        .select((eb) => [
          eb.fn.countAll<number>().as("count"),
          eb.fn.min(number).as("least"),
          eb.fn.max(number).as("greatest"),
        ]),
    );
    const found = Number(measured?.count ?? 0);
    if (found === 0) continue;
    count += found;
    least = Math.min(least, measured?.least ?? least);
    greatest = Math.max(greatest, measured?.greatest ?? greatest);
    const last = yield* rowOf(points.limit(1).offset(found - 1));
    if (last) next = placeOf(context, last);
  }
  return {
    count,
    ...(least <= greatest && { least, greatest }),
    ...(count === parts.size && { next }),
  };
}

/** So many steps are found at once: they stand in the index. */
const STEPS_AT_ONCE = 20_000;

/** Some of the steps of a history. */
export function* readHistorySteps(
  context: SqlContext,
  runId: string,
  key: string,
  after?: HistoryPlace,
): Steps<HistorySteps> {
  if (!after) yield* requireRun(context, runId);
  const { db } = context.dialect;
  let query = db.selectFrom("metrics").select("step").distinct().where("run_uuid", "=", runId).where("key", "=", key);
  if (after) query = query.where("step", ">", after[0] as number);
  query = query.orderBy("step").limit(STEPS_AT_ONCE);
  const counted = yield* rowOf(
    db
      .selectFrom(query.as("one"))
      .select((eb) => [
        eb.fn.countAll<number>().as("count"),
        eb.fn.min("step").as("first"),
        eb.fn.max("step").as("last"),
      ]),
  );
  const count = Number(counted?.count ?? 0);
  const [first, last] = [Number(counted?.first), Number(counted?.last)];
  const steps =
    last - first === count - 1
      ? // None is missing between them.
        Array.from({ length: count }, (_, index) => first + index)
      : (yield* rowsOf(query)).map(({ step }) => step);
  return { steps, ...(count === STEPS_AT_ONCE && { next: [last] }) };
}

/** The points at some steps; `undefined` for more than `most`. */
export function* readHistoryAt(
  context: SqlContext,
  runId: string,
  key: string,
  steps: readonly number[],
  most: number,
): Steps<readonly Metric[] | undefined> {
  if (steps.length === 0) return [];
  const isAsked = context.dialect.isAmong(sql.ref("step"), steps);
  const rows = yield* rowsOf(
    pointsOf(context, runId, key)
      .where(isAsked)
      .limit(most + 1),
  );
  return rows.length > most ? undefined : rows.map((row) => toMetric(row, runId, key));
}

interface PlacedRow {
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly is_nan: number | boolean;
  readonly [column: string]: unknown;
}

const toMetric = (row: PlacedRow, runId: string, key: string): Metric => ({
  key,
  value: numberOf(row),
  timestamp: row.timestamp,
  step: row.step,
  runId,
});

const READ: ReadonlySet<string> = new Set(["value", "timestamp", "step", "is_nan"]);

const pointsOf = ({ dialect: { db, parts } }: SqlContext, runId: string, key: string) =>
  db
    .selectFrom("metrics")
    .select(["value", "timestamp", "step", "is_nan"])
    .select(parts.behindStep.filter((column) => !READ.has(column)).map((column) => sql.ref(column).as(column)))
    .where("run_uuid", "=", runId)
    .where("key", "=", key);

type PointQuery = ReturnType<typeof pointsOf>;

const placeOf = ({ dialect: { parts } }: SqlContext, row: PlacedRow): HistoryPlace => [
  row.step,
  ...parts.behindStep.map((column) => row[column] as number | boolean),
];

function nextOf(context: SqlContext, rows: readonly PlacedRow[], size: number): HistoryPlace | undefined {
  const last = rows.at(-1);
  return last && rows.length === size ? placeOf(context, last) : undefined;
}

/** Those behind a place: the rest of its step, and what comes behind that. In one query an index would be sought by the step alone. */
function pointsBehind(
  context: SqlContext,
  runId: string,
  key: string,
  after: HistoryPlace | undefined,
): readonly PointQuery[] {
  const { behindStep } = context.dialect.parts;
  const points = pointsOf(context, runId, key);
  const inOrder = (query: PointQuery, columns: readonly string[]) =>
    columns.reduce((ordered, column) => ordered.orderBy(sql.ref(column)), query);
  if (!after) return [inOrder(points, ["step", ...behindStep])];
  const [step, ...behind] = after;
  const columns = sql.join(behindStep.map((column) => sql.ref(column)));
  const isBehind = sql<SqlBool>`(${columns}) > (${sql.join(behind)})`;
  return [
    inOrder(points.where("step", "=", step as number).where(isBehind), behindStep),
    inOrder(points.where("step", ">", step as number), ["step", ...behindStep]),
  ];
}

function* rowsBehind(
  context: SqlContext,
  runId: string,
  key: string,
  after: HistoryPlace | undefined,
  most: number,
): Steps<readonly PlacedRow[]> {
  const rows: PlacedRow[] = [];
  for (const points of pointsBehind(context, runId, key, after)) {
    if (rows.length === most) break;
    rows.push(...(yield* rowsOf(points.limit(most - rows.length))));
  }
  return rows;
}

/** The row that is so many behind a place. */
function* rowAhead(
  context: SqlContext,
  runId: string,
  key: string,
  after: HistoryPlace | undefined,
  distance: number,
): Steps<PlacedRow | undefined> {
  const { db } = context.dialect;
  let passed = 0;
  for (const points of pointsBehind(context, runId, key, after)) {
    const left = distance - passed;
    const row = yield* rowOf(points.limit(1).offset(left - 1));
    if (row) return row;
    const fewer = db.selectFrom(points.limit(left).as("one"));
    passed += Number((yield* rowOf(fewer.select((eb) => eb.fn.countAll().as("count"))))?.count ?? 0);
  }
  return undefined;
}
