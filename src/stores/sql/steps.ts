import type { Compilable } from "kysely";

/** A row as a driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** What a database is asked to do. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** The statement is carried out for each of these in place of `parameters`. */
  readonly parameterSets?: readonly (readonly unknown[])[];
  /** Its rows are wanted. */
  readonly rows?: boolean;
}

/**
 * An operation on a database, written once for those that answer at once and those that answer with promises: a generator that
 * yields statements and is given their rows.
 *
 * @typeParam T what the operation comes to
 */
export type Steps<T> = Generator<Statement, T, readonly Row[]>;

/** Asks a query; its rows. */
export function* rowsOf<R>(query: Compilable<R>): Steps<readonly R[]> {
  const { sql, parameters } = query.compile();
  return (yield { sql, parameters, rows: true }) as readonly R[];
}

/** Asks a query; its first row. */
export function* rowOf<R>(query: Compilable<R>): Steps<R | undefined> {
  return (yield* rowsOf(query))[0];
}

/** Carries a statement out. */
export function* perform(query: Compilable): Steps<void> {
  const { sql, parameters } = query.compile();
  yield { sql, parameters };
}

/** Carries statements out, one after the other. */
export function* performAll(statements: Iterable<Statement>): Steps<void> {
  for (const statement of statements) yield statement;
}

/** Runs an operation on a database that answers at once. */
export function runSync<T>(steps: Steps<T>, execute: (statement: Statement) => readonly Row[]): T {
  let step = steps.next();
  while (!step.done) step = steps.next(execute(step.value));
  return step.value;
}

/** Runs an operation on a database that answers with promises. */
export async function runAsync<T>(
  steps: Steps<T>,
  execute: (statement: Statement) => Promise<readonly Row[]>,
): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await execute(step.value));
  return step.value;
}
