import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createScoringApp, loadServedModel } from "../../../src/server/scoring";
import { describeWithParts } from "../../support/parts";
import { readAnswer } from "./answers";
import { type PythonServer, startPythonServer } from "./python-peer";
import { folderOfModels } from "./served-process";

const MODELS = ["linear", "forest", "network"] as const;
type Name = (typeof MODELS)[number];

describeWithParts(["python"], "models trained here, served by MLflow and by us", ({ python: { python } }) => {
  let folder: string;
  let server: PythonServer;
  const apps = new Map<Name, ReturnType<typeof createScoringApp>>();
  beforeAll(async () => {
    folder = await folderOfModels();
    const paths = MODELS.map((name) => [name, { path: join(folder, name) }] as const);
    server = await startPythonServer(python, Object.fromEntries(paths), join(folder, "node_modules"));
    for (const [name, { path }] of paths)
      apps.set(name, createScoringApp(await loadServedModel(path), { version: "0" }));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const answers = async (name: Name, body: unknown) => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const app = apps.get(name) as NonNullable<ReturnType<typeof apps.get>>;
    return Promise.all([
      fetch(`${server.url(name)}/invocations`, init).then(readAnswer),
      Promise.resolve(app.request("/invocations", init)).then(readAnswer),
    ]);
  };

  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const rows = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 });

  test.each(MODELS)("%s predicts the same, to the last bit, for rows drawn at random", async (name) => {
    const forms = (data: number[][]) =>
      name === "linear"
        ? [
            { dataframe_split: { columns: ["a", "b"], data } },
            { dataframe_records: data.map(([a, b]) => ({ b, a, c: "left out" })) },
            { inputs: { a: data.map(([a]) => a), b: data.map(([, b]) => b) } },
            { instances: data.map(([a, b]) => ({ a, b })) },
          ]
        : [{ inputs: data }, { instances: data }, { dataframe_split: { columns: ["p", "q"], data } }];
    await fc.assert(
      fc.asyncProperty(rows, async (data) => {
        for (const body of forms(data)) {
          const [theirs, ours] = await answers(name, body);
          expect(ours).toEqual(theirs);
          expect(ours.status).toBe(200);
        }
      }),
      { numRuns: 10 },
    );
  });

  test.each(MODELS)("%s refuses the same", async (name) => {
    for (const body of [
      {},
      { inputs: {} },
      { inputs: [["x", 1]] },
      { inputs: [[1, 2, 3]] },
      { inputs: 5 },
      { dataframe_records: [] },
    ]) {
      const [theirs, ours] = await answers(name, body);
      expect(ours, JSON.stringify(body)).toEqual(theirs);
      expect(ours.status).toBe(400);
    }
  });
});
