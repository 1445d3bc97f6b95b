import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidInputError, type RunEntity } from "../../../src/core";
import { type Comparison, type Expression, parseRunFilter, searchRuns } from "../../../src/search";
import { formatExpression } from "../../../src/search/language";
import { makeRun } from "./entities";
import { filtersOver, number, text } from "./filters";
import { samples } from "../../support/samples";

const KEYS = ["a", "b", "a.b", "two words", "back`tick", 'quo"te', "toString"];
const key = fc.constantFrom(...KEYS);
const expression = filtersOver(KEYS);

const anyRun: fc.Arbitrary<RunEntity> = fc
  .record({
    start: fc.integer({ min: 0, max: 3 }),
    end: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    metrics: fc.dictionary(key, fc.oneof(number, fc.constant(Number.NaN))),
    params: fc.dictionary(key, text),
    tags: fc.dictionary(key, fc.string({ unit: fc.constantFrom("x", "y", "X", "🎈"), maxLength: 5 })),
    datasets: fc.array(fc.record({ name: text, digest: text, context: text }, { requiredKeys: ["name", "digest"] }), {
      maxLength: 2,
    }),
  })
  .map(makeRun);

const FRAGMENTS = [
  "metrics",
  ".",
  "a",
  "params.b",
  "`",
  "'",
  '"',
  "(",
  ")",
  "NOT",
  "IN",
  "IS",
  "NULL",
  "AND",
  "or",
  "LIKE",
  "=",
  "!=",
  "<",
  "5",
  "-1e3",
  ",",
  " ",
  "'x'",
  "start_time",
  "\\",
  ";",
  "\0",
  "é",
];

test("any text at all is a filter or an error of ours", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 20 }).map((parts) => parts.join("")),
    fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 20 }).map((parts) => parts.join(" ")),
  );
  const runs = [makeRun({ metrics: { a: 1 }, params: { b: "x" } })];
  const settles = (search: () => unknown) => {
    try {
      search();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toHaveProperty("code", "INVALID_PARAMETER_VALUE");
    }
  };
  fc.assert(
    fc.property(anything, (filter) => {
      settles(() => searchRuns(runs, { filter }));
      settles(() => searchRuns(runs, { orderBy: [filter] }));
      settles(() => searchRuns(runs, { pageToken: filter }));
    }),
    { numRuns: samples(500) },
  );
});

test("a filter that is printed and parsed again is the same", () => {
  fc.assert(
    fc.property(expression, (filter) => {
      expect(parseRunFilter(formatExpression(filter))).toEqual(filter);
    }),
    { numRuns: samples(1000) },
  );
});

test("a search finds exactly the runs that a plain reading of the filter finds", () => {
  fc.assert(
    fc.property(expression, fc.array(anyRun, { maxLength: 6 }), (filter, runs) => {
      const found = new Set(searchRuns(runs, { filter: formatExpression(filter) }).items);
      expect(runs.map((one) => found.has(one))).toEqual(runs.map((one) => holds(filter, one)));
    }),
    { numRuns: samples(1000) },
  );
});

test("an order is total: it does not depend on how the runs came", () => {
  const orders = fc.uniqueArray(fc.constantFrom("metrics.a DESC", "params.b", "tags.a DESC", "end_time"), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 8 }), orders, (runs, orderBy) => {
      const named = runs.map((one, index) => ({ ...one, info: { ...one.info, runId: String(index) } }));
      const sorted = (list: readonly RunEntity[]) => searchRuns(list, { orderBy }).items.map((one) => one.info.runId);
      expect(sorted([...named].reverse())).toEqual(sorted(named));
    }),
  );
});

/** The meaning of a filter, written out as plainly as can be. */
function holds(filter: Expression, run: RunEntity): boolean {
  const { info, data, inputs } = run;
  if (filter.kind === "and") return filter.operands.every((operand) => holds(operand, run));
  if (filter.kind === "or") return filter.operands.some((operand) => holds(operand, run));
  if (filter.kind === "not") return !holds(filter.operand, run);
  const pick = (record: Readonly<Record<string, unknown>>) =>
    Object.entries(record).find(([name]) => name === filter.key)?.[1];
  const values = {
    metric: () => [pick(data.metrics)],
    param: () => [pick(data.params)],
    tag: () => [pick(data.tags)],
    attribute: () => [filter.key === "start_time" ? info.startTime : info.endTime],
    dataset: () =>
      inputs.datasetInputs.map(({ dataset, tags }) =>
        filter.key === "context" ? tags["mlflow.data.context"] : dataset[filter.key as "name" | "digest"],
      ),
  }[filter.entity]();
  if (filter.operator === "IS NULL") return values[0] === undefined;
  return values.some((value) => value !== undefined && compares(value as string, filter));
}

function compares(found: string, { operator, value }: Comparison): boolean {
  const wanted = value as string;
  switch (operator) {
    case "=":
      return found === wanted;
    case "!=":
      return !(found === wanted);
    case ">":
      return found > wanted;
    case ">=":
      return found > wanted || found === wanted;
    case "<":
      return found < wanted;
    case "<=":
      return found < wanted || found === wanted;
    case "LIKE":
      return isLike([...found], [...wanted]);
    case "ILIKE":
      return isLike([...found.toLowerCase()], [...wanted.toLowerCase()]);
    case "IN":
      return (value as readonly string[]).includes(found);
    case "NOT IN":
      return !(value as readonly string[]).includes(found);
    default:
      return true;
  }
}

function isLike(found: readonly string[], [wanted, ...rest]: readonly string[]): boolean {
  if (wanted === undefined) return found.length === 0;
  if (wanted === "%") return isLike(found, rest) || (found.length > 0 && isLike(found.slice(1), [wanted, ...rest]));
  return found.length > 0 && (wanted === "_" || wanted === found[0]) && isLike(found.slice(1), rest);
}
