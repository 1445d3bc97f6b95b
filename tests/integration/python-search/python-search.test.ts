import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Experiment, InvalidInputError, type LoggedModel, type RunEntity } from "../../../src/core";
import { type LoggedModelQuery, searchExperiments, searchLoggedModels, searchRuns } from "../../../src/search";
import {
  EXPERIMENT_FILTERS,
  EXPERIMENT_ORDERS,
  EXPERIMENTS,
  MODEL_CASES,
  MODELS,
  RUN_DEVIATIONS,
  RUN_FILTERS,
  RUN_ORDERS,
  RUNS,
} from "./cases";

// Python's SQLite store and not its file store: the file store is the older evaluator and differs where MLflow's
// servers agree (% stops at a line's end, IS NULL, a missing end_time is an exception).

interface Case extends LoggedModelQuery {
  readonly filter: string;
}

interface Answer {
  readonly ids?: readonly string[];
  readonly token?: string | null;
  readonly error?: string;
}

interface DumpedRun {
  readonly info: RunEntity["info"] & { endTime: number | null };
  readonly params: Record<string, string>;
  readonly metrics: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly datasets: readonly { name: string; digest: string; tags: Record<string, string> }[];
}

interface Dump {
  readonly runs: readonly DumpedRun[];
  readonly experiments: readonly Experiment[];
  readonly models: readonly LoggedModel[];
  readonly runAnswers: readonly Answer[];
  readonly experimentAnswers: readonly Answer[];
  readonly modelAnswers: readonly Answer[];
}

const ROOT = resolve(__dirname, "../../..");

const CROSSED_FILTERS = [
  "metrics.loss > 0",
  "params.optimizer LIKE 'a%'",
  "dataset.name = 'iris'",
  "tags.team IS NULL",
];
const RUN_CASES: readonly Case[] = [
  ...RUN_FILTERS.map((filter) => ({ filter })),
  ...RUN_ORDERS.map((orderBy) => ({ filter: "", orderBy })),
  ...CROSSED_FILTERS.flatMap((filter) => RUN_ORDERS.slice(0, 20).map((orderBy) => ({ filter, orderBy }))),
  ...[1, 7, 29, 30, 31].map((maxResults) => ({ filter: "", maxResults })),
  { filter: "", maxResults: 7, pageToken: "eyJvZmZzZXQiOiA3fQ==" },
  { filter: "", maxResults: 7, pageToken: "eyJvZmZzZXQiOiAyOH0=" },
  { filter: "", maxResults: 7, pageToken: "eyJvZmZzZXQiOiA5OTl9" },
  { filter: "", pageToken: "bm90IGpzb24=" },
  { filter: "", pageToken: "e30=" },
  { filter: "", maxResults: 0 },
  { filter: "", maxResults: -1 },
  { filter: "", maxResults: 50_001 },
];
const DEVIATION_CASES: readonly Case[] = RUN_DEVIATIONS.flatMap(({ filter = "", orderBy, like }) => [
  { filter, orderBy },
  like === "error" ? { filter: "" } : { filter: like.filter ?? "", orderBy: like.orderBy },
]);
const EXPERIMENT_CASES: readonly Case[] = [
  ...EXPERIMENT_FILTERS.map((filter) => ({ filter })),
  ...EXPERIMENT_ORDERS.map((orderBy) => ({ filter: "", orderBy })),
  { filter: "", maxResults: 2 },
];

const folder = mkdtempSync(join(tmpdir(), "trackbook-search-"));
let dump: Dump;
let runs: readonly RunEntity[];

beforeAll(() => {
  const cases = (list: readonly Case[]) =>
    list.map(({ filter, orderBy = [], maxResults = 1000, pageToken = null, datasets = [] }) => {
      return { filter, orderBy, maxResults, pageToken, datasets };
    });
  const request = {
    uri: `sqlite:///${join(folder, "mlflow.db")}`,
    runs: RUNS,
    experiments: EXPERIMENTS,
    models: MODELS,
    runCases: cases([...RUN_CASES, ...DEVIATION_CASES]),
    experimentCases: cases(EXPERIMENT_CASES),
    modelCases: cases(MODEL_CASES.map((modelCase) => ({ maxResults: 50, ...modelCase }))),
  };
  const python = spawnSync(join(ROOT, ".cache/venv/bin/python"), [join(__dirname, "search.py")], {
    cwd: folder,
    input: JSON.stringify(request),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(python.status, python.stderr).toBe(0);
  dump = JSON.parse(python.stdout);
  runs = dump.runs.map(toRun);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a search gives what Python's SQLite store gives", () => {
  test("for runs: every filter, order and page", () => {
    expect(runs).toHaveLength(RUNS.length);
    const ours = RUN_CASES.map((query) => answer(() => pageOf(searchRuns(runs, query), (run) => run.info.runId)));
    expectSame(RUN_CASES, ours, dump.runAnswers);
  });

  test("for experiments", () => {
    const search = (query: Case) => pageOf(searchExperiments(dump.experiments, query), (found) => found.experimentId);
    const ours = EXPERIMENT_CASES.map((query) => answer(() => search(query)));
    expectSame(EXPERIMENT_CASES, ours, dump.experimentAnswers);
  });

  test("for LoggedModels, with and without data sets", () => {
    const models = dump.models.map((model) => ({ ...model, modelType: model.modelType ?? undefined }));
    const ours = MODEL_CASES.map((query) =>
      answer(() => ({ ids: searchLoggedModels(models, query).items.map((model) => model.modelId) })),
    );
    expectSame(MODEL_CASES, ours, dump.modelAnswers);
  });

  test("enough of the cases find something, and enough are errors, to compare", () => {
    const found = dump.runAnswers.filter((one) => one.ids && one.ids.length > 0 && one.ids.length < RUNS.length);
    expect(found.length).toBeGreaterThan(100);
    expect(dump.runAnswers.filter((one) => one.error).length).toBeGreaterThan(30);
  });
});

describe("where we differ from Python on purpose", () => {
  test.each(RUN_DEVIATIONS.map((deviation, index) => ({ ...deviation, index })))(
    "$name",
    ({ filter, orderBy, like, index }) => {
      const [theirs, meant] = dump.runAnswers.slice(RUN_CASES.length + 2 * index) as [Answer, Answer];
      const ours = answer(() => pageOf(searchRuns(runs, { filter, orderBy }), (run) => run.info.runId));
      expect(theirs.ids, "no deviation any more: move it to the cases").not.toEqual(ours.ids);
      if (like === "error") expect(ours.error).toBe("INVALID_PARAMETER_VALUE");
      else expect(ours.ids).toEqual(meant.ids);
    },
  );
});

function answer(search: () => Answer): Answer {
  try {
    return search();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { error: error.code };
  }
}

function pageOf<T>(page: { items: readonly T[]; nextPageToken?: string }, id: (item: T) => string): Answer {
  return { ids: page.items.map(id), token: page.nextPageToken ?? null };
}

/** Which error it is Python does not keep to (a duplicate order is INTERNAL_ERROR there), only that it is one. */
function expectSame(cases: readonly object[], ours: readonly Answer[], theirs: readonly Answer[]): void {
  const told = (one: Answer) => (one.error === undefined ? one : "error");
  const different = cases
    .map((query, index) => ({ query, ours: told(ours[index] as Answer), theirs: told(theirs[index] as Answer) }))
    .filter((one) => !isDeepStrictEqual(one.ours, one.theirs));
  expect(different).toEqual([]);
}

function toRun({ info, params, metrics, tags, datasets }: DumpedRun): RunEntity {
  return {
    info: { ...info, endTime: info.endTime ?? undefined },
    data: {
      params,
      tags,
      metrics: Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, Number(value)])),
      latestMetrics: [],
    },
    inputs: {
      datasetInputs: datasets.map(({ name, digest, tags: inputTags }) => ({
        dataset: { name, digest, sourceType: "code", source: "{}" },
        tags: inputTags,
      })),
      modelInputs: [],
    },
    outputs: { modelOutputs: [] },
  };
}
