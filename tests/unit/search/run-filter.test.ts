import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../src/core";
import { parseRunFilter, searchRuns } from "../../../src/search";
import { makeRun } from "./entities";

const RUNS = [
  makeRun({
    id: "good",
    name: "forest-1",
    start: 30,
    end: 40,
    metrics: { loss: 0.1, "val/loss": 0.2, "a.b": 1, nan: Number.NaN },
    params: { lr: "0.01", optimizer: "adam", constructor: "real" },
    tags: { team: "Vision", "mlflow.user": "ada" },
    datasets: [
      { name: "iris", digest: "d1", context: "train" },
      { name: "cars", digest: "d2", context: "eval" },
    ],
  }),
  makeRun({
    id: "bad",
    name: "linear",
    status: "FAILED",
    start: 20,
    end: 25,
    metrics: { loss: 3, nan: 1 },
    params: { lr: "0.1", optimizer: "SGD", note: "it's 100%" },
    tags: { team: "nlp" },
    datasets: [{ name: "iris", digest: "d9" }],
  }),
  makeRun({ id: "bare", name: "Run 3", status: "RUNNING", start: 10 }),
];

function find(filter: string): string[] {
  return searchRuns(RUNS, { filter }).items.map((run) => run.info.runId);
}

describe("a filter finds", () => {
  test.each([
    // nothing asked
    ["", ["good", "bad", "bare"]],
    ["   ", ["good", "bad", "bare"]],
    // metrics
    ["metrics.loss < 1", ["good"]],
    ["metric.loss >= 3", ["bad"]],
    ["metrics.loss != 3", ["good"]],
    ["metrics.loss > -1e3", ["good", "bad"]],
    ["metrics.loss < 1E-1", []],
    ["metrics.loss <= .1", ["good"]],
    ["metrics.a.b = 1", ["good"]],
    ["metrics.`val/loss` = 0.2", ["good"]],
    ['metrics."val/loss" = 0.2', ["good"]],
    ["metrics.toString != 1", []],
    // NaN is different from everything and neither more nor less
    ["metrics.nan != 0", ["good", "bad"]],
    ["metrics.nan = 0", []],
    ["metrics.nan > 0", ["bad"]],
    ["metrics.nan <= 0", []],
    // params and tags are text
    ["params.optimizer = 'adam'", ["good"]],
    ['parameters.optimizer = "adam"', ["good"]],
    ["param.lr = '0.1'", ["bad"]],
    ["params.optimizer != 'adam'", ["bad"]],
    ["params.optimizer LIKE 's%'", []],
    ["params.optimizer ILIKE 's%'", ["bad"]],
    ["params.optimizer LIKE 'a__m'", ["good"]],
    ['params.note = "it\'s 100%"', ["bad"]],
    ["params.note = 'it''s 100%'", ["bad"]],
    ["params.constructor = 'real'", ["good"]],
    ["params.constructor IS NULL", ["bad", "bare"]],
    ["tags.team IS NULL", ["bare"]],
    ["tags.team is not null", ["good", "bad"]],
    ["tag.mlflow.user = 'ada'", ["good"]],
    // attributes
    ["status = 'FAILED'", ["bad"]],
    ["attr.status != 'FAILED'", ["good", "bare"]],
    ["run_name LIKE '%-_'", ["good"]],
    ["`run name` = 'linear'", ["bad"]],
    ["attributes.`Run Name` = 'linear'", ["bad"]],
    ["run_id IN ('good', \"bare\")", ["good", "bare"]],
    ["run_id NOT IN ('good')", ["bad", "bare"]],
    ["start_time > 10", ["good", "bad"]],
    ["Created <= 10", ["bare"]],
    ["end_time != 0", ["good", "bad"]],
    // data sets: one of several is enough
    ["dataset.name = 'cars'", ["good"]],
    ["datasets.name != 'iris'", ["good"]],
    ["dataset.digest IN ('d2', 'd9')", ["good", "bad"]],
    ["dataset.context = 'train'", ["good"]],
    ["dataset.context != 'train'", ["good"]],
    // clauses together
    ["metrics.loss > 0 and status = 'FINISHED'", ["good"]],
    ["metrics.loss > 0 status = 'FAILED'", ["bad"]],
    ["metrics.loss > 0 AND", ["good", "bad"]],
    // the superset: OR, NOT, parentheses
    ["status = 'FAILED' OR status = 'RUNNING'", ["bad", "bare"]],
    ["status = 'RUNNING' or status = 'FAILED' and metrics.loss < 1", ["bare"]],
    ["(status = 'RUNNING' OR status = 'FAILED') AND start_time < 20", ["bare"]],
    ["NOT metrics.loss > 1", ["good", "bare"]],
    ["NOT (status = 'FAILED' OR tags.team IS NULL)", ["good"]],
    ["not not status = 'FAILED'", ["bad"]],
  ] as [string, string[]][])("%s", (filter, expected) => {
    expect(find(filter)).toEqual(expected);
  });
});

describe("a filter that cannot be is an error that says where, and what would do", () => {
  test.each([
    ["metrics.loss == 1", /unexpected "==", at character 14.*Accepted: =, !=.*equality is written "="/],
    ["metrics.loss <> 1", /unexpected "<>"/],
    [
      "metrics.loss > '1'",
      /unexpected "'1'", at character 16.*Accepted: a number without quotes.*take the quotes away/,
    ],
    ["metrics.loss > 1.2.3", /unexpected "1.2.3"/],
    ["metrics.loss LIKE 'a'", /"metrics.loss" cannot be compared by LIKE/],
    ["metrics.loss IS NULL", /cannot be compared by IS NULL/],
    ["metrics.val-loss > 1", /unexpected "-".*back-ticks: metrics.`val\/loss`/],
    ["metrics. > 1", /a name is missing behind the dot/],
    ["metrcs.loss > 1", /"metrcs" names nothing.*did you mean "metrics"\?/],
    ["METRICS.loss > 1", /did you mean "metrics"\?/],
    ["loss > 1", /no attribute "loss".*metrics\.`loss`/],
    ["star_time > 1", /did you mean "start_time"\?/],
    ["attributes.stats = 'x'", /did you mean "attributes.status"\?/],
    ["start_time > 'yesterday'", /a number without quotes/],
    ["status IN ('FAILED')", /"status" cannot be compared by IN.*Accepted: =, !=, LIKE, ILIKE/],
    ["status IS NULL", /cannot be compared by IS NULL/],
    ["experiment_id = '0'", /"experiment_id" can be ordered by, but not filtered by/],
    ["params.optimizer = adam", /a text in quotes.*put it in quotes: 'adam'/],
    ["params.optimizer = 'adam", /the quote ' is never closed, at character 20/],
    ["params.optimizer NOT LIKE 'a'", /unexpected "NOT"/],
    ["params.optimizer", /it ends too early/],
    ["dataset.profile = 'x'", /there is no dataset "profile".*name, digest, context/],
    ["run_id IN ()", /a text in quotes/],
    ["run_id IN ('a'", /it ends too early, at character 15/],
    ["run_id IN 'a'", /a list in parentheses/],
    ["metrics.loss > 1,", /unexpected ",", at character 17/],
    ["metrics.loss > 1;", /unexpected ";"/],
    ["(metrics.loss > 1", /the \) that closes the \( at character 1/],
    ["metrics.loss > 1)", /unexpected "\)"/],
    ["()", /unexpected "\)"/],
    ["OR metrics.loss > 1", /there is no attribute "OR"/],
    ["metrics.loss > 1 OR", /it ends too early/],
    ["AND", /it ends too early/],
    ["1 < metrics.loss", /unexpected "1".*a key such as/],
  ] as [string, RegExp][])("%s", (filter, message) => {
    expect(() => find(filter)).toThrow(InvalidInputError);
    expect(() => find(filter)).toThrow(message);
    expect(() => find(filter)).toThrow(/INVALID_PARAMETER_VALUE/);
  });

  test("a filter that is no text", () => {
    expect(() => searchRuns(RUNS, { filter: 5 as unknown as string })).toThrow(/The filter: a value of the wrong type/);
  });
});

describe("a filter of hostile size is refused and breaks nothing", () => {
  test.each([
    ["a million parentheses", "(".repeat(1_000_000), /nested too deep/],
    ["a hundred thousand NOTs", "NOT ".repeat(100_000), /nested too deep/],
    ["a hundred thousand clauses", "metrics.a > 1 ".repeat(100_000), /too many clauses/],
    ["sixty thousand wildcards", `params.a LIKE '${"%a".repeat(60_000)}'`, /the pattern is too long.*at most 10000/],
    ["a megabyte of quotes", "'".repeat(1_000_001), /never closed|a key such as/],
    ["a megabyte of digits", `metrics.a > ${"1".repeat(1_000_000)}x`, /a number without quotes/],
    ["a megabyte of one word", "a".repeat(1_000_000), /there is no attribute "a{59}…"/],
    ["a megabyte of dots", ".".repeat(1_000_000), /a key such as/],
  ])("%s", (_name, filter, message) => {
    expect(() => find(filter)).toThrow(message);
  });

  test("a hundred levels are sane", () => {
    expect(find(`${"(".repeat(100)}metrics.loss > 1${")".repeat(100)}`)).toEqual(["bad"]);
    expect(() => find(`${"(".repeat(101)}metrics.loss > 1${")".repeat(101)}`)).toThrow(/nested too deep/);
  });

  test("a LIKE of many wildcards over a long text is answered", () => {
    const runs = [makeRun({ params: { text: "a".repeat(6000) } })];
    for (const pattern of [`${"%a".repeat(500)}%b`, `${"%a_".repeat(300)}%b`]) {
      expect(searchRuns(runs, { filter: `params.text LIKE '${pattern}'` }).items).toEqual([]);
      expect(
        searchRuns(runs, { filter: `params.text LIKE '${pattern}' OR params.text LIKE '${"%a_".repeat(300)}'` }).items,
      ).toHaveLength(1);
    }
  });
});

describe("a filter as data, for a store that compiles it", () => {
  test("has every alias resolved", () => {
    expect(parseRunFilter("attr.created > 5 and (parameters.a like 'x%' or run_id in ('r'))")).toEqual({
      kind: "and",
      operands: [
        { kind: "comparison", entity: "attribute", key: "start_time", operator: ">", value: 5 },
        {
          kind: "or",
          operands: [
            { kind: "comparison", entity: "param", key: "a", operator: "LIKE", value: "x%" },
            { kind: "comparison", entity: "attribute", key: "run_id", operator: "IN", value: ["r"] },
          ],
        },
      ],
    });
    expect(parseRunFilter("tags.a is null")).toEqual({
      kind: "comparison",
      entity: "tag",
      key: "a",
      operator: "IS NULL",
    });
    expect(parseRunFilter("")).toEqual({ kind: "and", operands: [] });
  });
});
