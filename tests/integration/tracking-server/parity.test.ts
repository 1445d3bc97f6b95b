import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { pythonServer } from "../../support/python-server";
import { startProgram } from "../../support/started-program";
import { type Filled, REQUESTS, type ReadRequest } from "./read-requests";

/** What ours says of a version beside what Python's does: the LoggedModel behind it, with its params and metrics; in searches its aliases. */
const OURS_ALONE = ["model_id", "model_params", "model_metrics"];
const OURS_ALONE_IN_SEARCHES = [...OURS_ALONE, "aliases"];

/** Lists in whatever order: nobody promises that of the newest versions by stage, or of data sets. */
const UNORDERED = ["latest_versions", "dataset_summaries"];
const UNORDERED_BY_STAGE = [...UNORDERED, "model_versions"];

/**
 * An answer as it is compared. The order of tags, params and points is nobody's promise, and of an error the words differ: its status, code
 * and class do not.
 */
function comparable(status: number, text: string, path: string): unknown {
  const body: unknown = JSON.parse(text);
  if (status !== 200) {
    const { error_code, sqlstate, error_class } = body as Record<string, unknown>;
    return { status, error_code, sqlstate, error_class };
  }
  return sorted(body, {
    unordered: path.includes("get-latest-versions") ? UNORDERED_BY_STAGE : UNORDERED,
    left: path.includes("model-versions/search") ? OURS_ALONE_IN_SEARCHES : OURS_ALONE,
  });
}

interface Rules {
  readonly unordered: readonly string[];
  /** Of versions. */
  readonly left: readonly string[];
}

function sorted(value: unknown, rules: Rules): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item, rules));
    const isKeyed = items.every((item) => typeof item === "object" && item !== null && "key" in item);
    return isKeyed ? byText(items) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const isVersion = "current_stage" in value;
  const entries = Object.entries(value).filter(([key]) => !isVersion || !rules.left.includes(key));
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key,
      rules.unordered.includes(key) ? byText(sorted(item, rules) as unknown[]) : sorted(item, rules),
    ]),
  );
}

const byText = (items: unknown[]): unknown[] => items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

async function ask(url: string, { method, path, body }: ReadRequest): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return comparable(response.status, await response.text(), path);
}

describeWithParts(["python"], "one database behind Python's server and ours", ({ python: { python } }) => {
  const theirs = pythonServer(python);
  let ours = "";
  let filled: Filled;
  let end = async () => {};

  beforeAll(async () => {
    const uri = `sqlite:///${theirs.folder}/mlflow.db`;
    const script = join(__dirname, "fill_database.py");
    filled = await runPython<Filled>(python, script, { args: [uri], cwd: theirs.folder });
    const keep = (stop: () => Promise<void>) => {
      end = stop;
    };
    ours = (await startProgram(theirs.folder, ["server", "--backend-store-uri", uri, "-p", "0"], { keep })).url;
  });
  afterAll(() => end());

  describe("answer the same", () => {
    test.each(REQUESTS.map((request) => [request.name, request] as const))("%s", async (_name, { of }) => {
      const request = of(filled);
      expect(await ask(ours, request)).toEqual(await ask(theirs.uri, request));
    });
  });

  test("a hundred requests or more", () => {
    expect(REQUESTS.length).toBeGreaterThanOrEqual(100);
  });
});
