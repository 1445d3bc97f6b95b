import type { Compilable, CompiledQuery } from "kysely";
import type { Dialect } from "./dialects";
import type { Steps } from "./steps";

/** Stands in a compiled query for a value that comes later. */
class Hole {
  constructor(readonly index: number) {}
}

/**
 * A query that is compiled once for each dialect, for operations that are asked for very often. `hole(0)` stands for the first value.
 *
 * @example
 * const runState = preparedRows((dialect, hole) => dialect.db.selectFrom("runs").select("status").where("run_uuid", "=", hole(0)));
 * const [row] = yield* runState(dialect, runId);
 */
export function preparedRows<R>(
  build: (dialect: Dialect, hole: (index: number) => never) => Compilable<R>,
): (dialect: Dialect, ...values: readonly unknown[]) => Steps<readonly R[]> {
  const compiled = new WeakMap<Dialect, CompiledQuery>();
  return function* (dialect: Dialect, ...values: readonly unknown[]): Steps<readonly R[]> {
    let query = compiled.get(dialect);
    if (!query) {
      query = build(dialect, (index) => new Hole(index) as never).compile();
      compiled.set(dialect, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Hole ? values[parameter.index] : parameter,
    );
    return (yield { sql: query.sql, parameters, rows: true }) as readonly R[];
  };
}
