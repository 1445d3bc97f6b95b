import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runNode } from "../../support/run-node";
import { runsIn } from "../libraries/recorded-runs";
import { installedFolder } from "../runs/scripts";

type Outcome = Readonly<Record<string, unknown>>;

let installed: string;
beforeAll(() => {
  installed = installedFolder();
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** Runs the same trainings in a process of their own, after `before`. */
async function train(before: string): Promise<{ outcome: Outcome; folder: string }> {
  const folder = mkdtempSync(join(installed, "program-"));
  const program = readFileSync(join(__dirname, "trainings.cjs"), "utf8");
  writeFileSync(join(folder, "program.cjs"), `${before}\n${program}`);
  const { code, stderr } = await runNode(process.execPath, ["program.cjs"], folder);
  if (code !== 0) throw new Error(stderr);
  return { folder, outcome: JSON.parse(readFileSync(join(folder, "outcome.json"), "utf8")) };
}

describe("the same trainings in two processes, one of them recorded", () => {
  let plain: Outcome;
  let recorded: Awaited<ReturnType<typeof train>>;
  beforeAll(async () => {
    plain = (await train("")).outcome;
    recorded = await train('require("trackbook").autolog();');
  });

  test("were recorded, each one", () => {
    const runs = runsIn(join(recorded.folder, "mlruns"));
    const statuses = runs.map(({ info }) => info.status);
    expect(statuses.filter((status) => status === "FINISHED")).toHaveLength(21);
    expect(statuses.filter((status) => status === "FAILED")).toHaveLength(5);
    expect(statuses).toHaveLength(26);
    for (const { data } of runs) expect(data.tags).not.toHaveProperty("trackbook.autolog.warning");
  });

  test("give weights, predictions, histories and callbacks that are equal to the last byte", () => {
    expect(Object.keys(recorded.outcome)).toEqual(Object.keys(plain));
    for (const [name, value] of Object.entries(plain)) expect(recorded.outcome[name], name).toEqual(value);
    expect(Object.keys(plain).length).toBeGreaterThan(25);
  });

  test("fail with the same errors, and leave as many rejections unhandled", () => {
    expect(recorded.outcome.sameError).toBe(true);
    expect(recorded.outcome.unhandled).toEqual(plain.unhandled);
    expect(plain.unhandled).toHaveLength(1);
  });
});
