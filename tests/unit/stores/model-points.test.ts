import { join } from "node:path";
import { expect, test } from "vitest";
import type { Page } from "../../../src/core";
import { type LoggedModelQuery, searchLoggedModels as searchInMemory } from "../../../src/search";
import { sqliteStores } from "../../../src/stores/sql";
import { sqliteDialect } from "../../../src/stores/sql/dialects";
import { requireSqlite } from "../../../src/stores/sql/drivers";
import { searchLoggedModels } from "../../../src/stores/sql/logged-models";
import { runSync } from "../../../src/stores/sql/steps";
import { temporaryFolder } from "../../support/temporary-folder";
import { series } from "./metric-series";

const [MODELS, POINTS] = [10, 50];

/** Models with two metrics each, the second on a data set; and how many rows a search of them reads. */
function models() {
  const path = join(temporaryFolder(), "mlflow.db");
  const { tracking } = sqliteStores({ path });
  const { runId } = tracking.createRun({ experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] }).info;
  for (let index = 0; index < MODELS; index++) {
    const { modelId } = tracking.createLoggedModel({ experimentId: "0", name: `m${index}` });
    const values = Array.from({ length: POINTS }, (_, step) => index + 1 / (step + 1));
    const onTest = { ...series("acc", [(index * 7) % MODELS]), datasetName: "test", datasetDigest: "d" };
    tracking.logBatch(runId, {
      metrics: [{ ...series("loss", values), modelId }, ...(index % 2 ? [{ ...onTest, modelId }] : [])],
    });
  }
  const driver = requireSqlite(path)(path, {});
  const rowsRead = (query: LoggedModelQuery): { rows: number; page: Page<unknown> } => {
    let rows = 0;
    const context = { dialect: sqliteDialect, artifactRoot: "" };
    const page = runSync(searchLoggedModels(context, ["0"], query), (statement) => {
      const found = driver.execute(statement);
      rows += found.length;
      return found;
    });
    return { rows, page };
  };
  return { tracking, rowsRead };
}

test("a page of logged models reads the points of its own models, and those that the search asks for", () => {
  const { tracking, rowsRead } = models();
  const all = tracking.searchLoggedModels(["0"], {}).items;
  expect(all.map(({ metrics }) => metrics.length).sort()).toEqual([50, 50, 50, 50, 50, 51, 51, 51, 51, 51]);
  const queries: [LoggedModelQuery, most: number][] = [
    [{ filter: "name = 'm3'", maxResults: 1 }, MODELS + POINTS + 1],
    [{ orderBy: ["name DESC"], maxResults: 2 }, MODELS + 2 * POINTS + 2],
    [{ filter: "metrics.acc > 3", orderBy: ["metrics.acc DESC"], maxResults: 1 }, 2 * MODELS + POINTS + 1],
    [{ datasets: [{ name: "test" }], orderBy: ["metrics.acc"], maxResults: 2 }, Number.POSITIVE_INFINITY],
    [{ filter: "NOT metrics.loss < 4.5", orderBy: ["metrics.acc"] }, Number.POSITIVE_INFINITY],
  ];
  for (const [query, most] of queries) {
    const { rows, page } = rowsRead(query);
    expect(page).toEqual(searchInMemory(all, query));
    expect(rows).toBeLessThanOrEqual(most);
  }
});
