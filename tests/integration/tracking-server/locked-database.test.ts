import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRuns, writePoint } from "./point-writers";

const HELD_MS = 3000;
/** On a machine that does much else at the same time. */
const SOON_MS = 2500;

test("while another process keeps the database locked, the server reads on, and what is to be written comes behind", async () => {
  const folder = temporaryFolder();
  const { url } = await startProgram(folder, ["server", "--backend-store-uri", "sqlite:///mlflow.db", "-p", "0"]);
  const [runId = ""] = await createRuns(url, 1);
  const other = new Database(`${folder}/mlflow.db`);
  other.exec("begin immediate");
  const begin = performance.now();
  const written = Array.from({ length: 20 }, (_, step) => writePoint(url, runId, step));
  const took: number[] = [];
  while (performance.now() - begin < HELD_MS)
    for (const path of ["/health", `/api/2.0/mlflow/runs/get?run_id=${runId}`]) {
      const asked = performance.now();
      expect((await fetch(`${url}${path}`)).status).toBe(200);
      took.push(performance.now() - asked);
    }
  expect(Math.max(...took)).toBeLessThan(SOON_MS);
  const points = () => other.prepare("select count(*) as count from metrics").get();
  expect(points()).toEqual({ count: 0 });
  other.exec("commit");
  await Promise.all(written);
  expect(points()).toEqual({ count: 20 });
  other.close();
});
