import { afterAll, beforeAll, expect, test } from "vitest";
import { createScoringApp } from "../../../src/server/scoring";
import { describeWithParts } from "../../support/parts";
import { type Answer, readAnswer } from "./answers";
import { DEVIATIONS } from "./deviations";
import { MODELS, servedModel } from "./models";
import { type PythonServer, startPythonServer } from "./python-peer";
import { readRequestLines, type RequestLine } from "./request-lines";

describeWithParts(["python"], "asked the same as MLflow's scoring server", ({ python: { python } }) => {
  const lines = readRequestLines();
  const apps = new Map(
    Object.entries(MODELS).map(([name, model]) => [name, createScoringApp(servedModel(name, model), { version: "0" })]),
  );
  let server: PythonServer;
  beforeAll(async () => {
    server = await startPythonServer(python, MODELS);
  });
  afterAll(() => server.close());

  const askPython = async ({ model, path, method, headers, body }: RequestLine): Promise<Answer> =>
    readAnswer(await fetch(server.url(model) + path, { method, headers, body }));
  const askUs = async ({ model, path, method, headers, body }: RequestLine): Promise<Answer> =>
    readAnswer(
      await (apps.get(model) as NonNullable<ReturnType<typeof apps.get>>).request(path, { method, headers, body }),
    );

  test("answers have the same status, type, codes, fields and predictions, but for the deviations", async () => {
    const deviating = new Map(
      DEVIATIONS.flatMap(({ name, requests }) => requests.map((line) => [line, name] as const)),
    );
    const unexpected: object[] = [];
    for (const line of lines) {
      const [theirs, ours] = await Promise.all([askPython(line), askUs(line)]);
      const isSame = JSON.stringify(sorted(theirs)) === JSON.stringify(sorted(ours));
      if (isSame === deviating.has(line.line)) unexpected.push({ request: line.line, theirs, ours });
    }
    expect(unexpected).toEqual([]);
    expect(lines.length).toBeGreaterThan(400);
  });

  test("every deviation is one of a request that is asked, and none of ours is a server error", async () => {
    const known = new Set(lines.map(({ line }) => line));
    expect(DEVIATIONS.flatMap(({ requests }) => requests).filter((line) => !known.has(line))).toEqual([]);
    for (const line of lines) expect((await askUs(line)).status, line.line).toBeLessThan(500);
  });
});

/** Members in the order of their names: their order says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}
