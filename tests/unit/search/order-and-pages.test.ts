import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../src/core";
import { decodeOffset, encodeOffset, parseRunOrderBy, searchRuns } from "../../../src/search";
import { makeRun, type RunSketch } from "./entities";

const ids = (runs: readonly RunSketch[], orderBy?: readonly string[]): string =>
  searchRuns(runs.map(makeRun), { orderBy })
    .items.map((run) => run.info.runId)
    .join(" ");

describe("runs come", () => {
  test("newest first, equally old ones by id, when no order is asked for", () => {
    const runs = [
      { id: "c", start: 1 },
      { id: "b", start: 2 },
      { id: "a", start: 1 },
      { id: "d", start: 3 },
    ];
    expect(ids(runs)).toBe("d b a c");
    expect(ids(runs, [])).toBe("d b a c");
  });

  test("with equal values newest first, then by id", () => {
    const runs = [
      { id: "b", start: 1, params: { k: "x" } },
      { id: "a", start: 1, params: { k: "x" } },
      { id: "c", start: 9, params: { k: "x" } },
    ];
    expect(ids(runs, ["params.k DESC"])).toBe("c a b");
    expect(ids(runs, ["start_time ASC"])).toBe("a b c");
  });

  test("by a metric, NaN behind every number and runs without it behind NaN, in both directions", () => {
    const runs = [
      { id: "none", start: 9 },
      { id: "nan", metrics: { m: Number.NaN } },
      { id: "big", metrics: { m: Number.POSITIVE_INFINITY } },
      { id: "two", metrics: { m: 2 } },
      { id: "ten", metrics: { m: 10 } },
    ];
    expect(ids(runs, ["metrics.m"])).toBe("two ten big nan none");
    expect(ids(runs, ["metrics.m DESC"])).toBe("big ten two nan none");
  });

  test("by a param as text, by code point", () => {
    const runs = [
      { id: "ten", params: { p: "10" } },
      { id: "two", params: { p: "2" } },
      { id: "upper", params: { p: "B" } },
      { id: "lower", params: { p: "a" } },
      { id: "emoji", params: { p: "🎈" } },
      { id: "private", params: { p: "\ufffd" } },
      { id: "none" },
    ];
    expect(ids(runs, ["params.p"])).toBe("ten two upper lower private emoji none");
    expect(ids(runs, ["params.p desc"])).toBe("emoji private lower upper two ten none");
  });

  test("by attributes and several keys", () => {
    const runs = [
      { id: "a", name: "x", end: 5 },
      { id: "b", name: "y", end: 7 },
      { id: "c", name: "x", end: 7 },
      { id: "d", name: "x" },
    ];
    expect(ids(runs, ["run_name", "end_time DESC"])).toBe("c a d b");
    expect(ids(runs, ["attributes.run_id DESC"])).toBe("d c b a");
  });
});

describe("an order that cannot be is an error that says what would do", () => {
  test.each([
    [["loss"], /no attribute "loss".*metrics\.`loss`/],
    [["start_tim DESC"], /did you mean "start_time"\?/],
    [["metrics.loss upwards"], /unexpected "upwards".*one key, then ASC, DESC or nothing/],
    [["metrics.loss DESC ASC"], /unexpected "ASC"/],
    [["start_time, run_id"], /unexpected ",".*each key is an item of its own/],
    [["metrics.val/loss"], /unexpected "\/"/],
    [["dataset.name"], /a dataset cannot be ordered by.*metrics\.<key>/],
    [["start_time", "created DESC"], /the same key stands there twice/],
    [[""], /it ends too early/],
    [[7], /An item of orderBy: a value of the wrong type/],
    ["metrics.loss", /orderBy: a value of the wrong type/],
    [Array.from({ length: 51 }, (_, index) => `metrics.m${index}`), /too many keys.*at most 50/s],
  ])("%j", (orderBy, message) => {
    const search = () => searchRuns([], { orderBy: orderBy as string[] });
    expect(search).toThrow(InvalidInputError);
    expect(search).toThrow(message);
  });
});

test("an order as data ends with what breaks ties", () => {
  expect(parseRunOrderBy(["metric.`a b` DESC"])).toEqual([
    { entity: "metric", key: "a b", isAscending: false },
    { entity: "attribute", key: "start_time", isAscending: false },
    { entity: "attribute", key: "run_id", isAscending: true },
  ]);
});

describe("pages", () => {
  const runs = Array.from({ length: 25 }, (_, index) => makeRun({ id: String(index).padStart(2, "0") }));

  test("following the tokens gives every run once, in order", () => {
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = searchRuns(runs, { maxResults: 10, pageToken });
      seen.push(...page.items.map((run) => run.info.runId));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen).toEqual(runs.map((run) => run.info.runId));
  });

  test("the last page has no token, also when it is full", () => {
    expect(searchRuns(runs, { maxResults: 25 }).nextPageToken).toBeUndefined();
    expect(searchRuns(runs, { maxResults: 24 }).nextPageToken).toBe(encodeOffset(24));
    expect(searchRuns(runs, { pageToken: encodeOffset(900) })).toEqual({ items: [] });
  });

  test("hold 1000 runs when it is not said how many", () => {
    const many = Array.from({ length: 1001 }, (_, index) => makeRun({ id: String(index) }));
    expect(searchRuns(many).items).toHaveLength(1000);
  });

  test("tokens are MLflow's", () => {
    expect(encodeOffset(2)).toBe(Buffer.from('{"offset": 2}').toString("base64"));
    expect(decodeOffset("eyJvZmZzZXQiOiAyfQ==")).toBe(2);
    expect(decodeOffset(undefined)).toBe(0);
    expect(decodeOffset("")).toBe(0);
  });

  test.each([
    "x",
    "e30=",
    "bnVsbA==",
    Buffer.from('{"offset": -1}').toString("base64"),
    Buffer.from('{"offset": 1.5}').toString("base64"),
    7,
  ])("the token %j is refused", (token) =>
    expect(() => searchRuns([], { pageToken: token as string })).toThrow(/Invalid page token/),
  );

  test.each([0, -1, 50_001, 1.5, Number.NaN, "10"])("maxResults %j is refused", (maxResults) => {
    expect(() => searchRuns([], { maxResults: maxResults as number })).toThrow(/Invalid maxResults.*from 1 to 50000/);
  });

  test("of 50,000 are allowed", () => {
    expect(searchRuns(runs, { maxResults: 50_000 }).items).toHaveLength(25);
  });
});
