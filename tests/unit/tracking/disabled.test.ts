import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import * as trackbook from "../../../src";
import * as notebook from "../../../src/notebook";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf, rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import type { Case } from "./disabled-cases/case";
import { CLIENT_ON_MODELS } from "./disabled-cases/client-models";
import { CLIENT_ON_RUNS } from "./disabled-cases/client-runs";
import { FLUENT, NO_VERBS } from "./disabled-cases/fluent-verbs";
import { NOTEBOOK } from "./disabled-cases/notebook-verbs";
import { forgetWarnings, withEnvironment } from "./new-store";
import { WRONG_CALLS } from "./wrong-calls";

const CLIENT: Readonly<Record<string, Case>> = { ...CLIENT_ON_RUNS, ...CLIENT_ON_MODELS };

let folder: string;
let warnings: readonly string[];
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data/a.txt"), "a");
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(async () => {
    for (let run = trackbook.activeRun(); run; run = trackbook.activeRun()) await run.end();
    trackbook.setTrackingUri("");
    trackbook.setRegistryUri("");
    trackbook.setExperiment({ experimentId: "0" });
    process.chdir(before);
  });
  forgetWarnings();
  warnings = capturedStderr();
  withEnvironment({ TRACKBOOK_MODE: "disabled", MLFLOW_TRACKING_URI: "http://127.0.0.1:9/nobody" });
});

/** The names of all operations of a client, those of its inner classes included; not what only they see. */
function clientVerbs(): string[] {
  const names: string[] = [];
  for (
    let prototype: object = trackbook.TrackingClient.prototype;
    prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  )
    names.push(...Object.getOwnPropertyNames(prototype));
  const inner = ["constructor", "store", "registry", "ensureRegisteredModel"];
  return [...new Set(names)].filter((name) => !inner.includes(name)).sort();
}

describe("TRACKBOOK_MODE=disabled", () => {
  test("has a case here for everything that there is to call", () => {
    expect(Object.keys(FLUENT).sort()).toEqual(
      Object.keys(trackbook)
        .filter((name) => !NO_VERBS.some((other) => other === name))
        .sort(),
    );
    expect(Object.keys(NOTEBOOK).sort()).toEqual(Object.keys(notebook).sort());
    expect(Object.keys(CLIENT).sort()).toEqual(clientVerbs());
  });

  const cases = [
    ...Object.entries(FLUENT),
    ...Object.entries(NOTEBOOK),
    ...Object.entries(CLIENT).map(([name, one]) => [`TrackingClient.${name}`, one] as const),
  ];
  test.each(cases)(
    "%s checks what it is given, and keeps nothing",
    async (name, { right, wrong = [], misses, ...rest }) => {
      if (misses) {
        const error = await rejectionOf(Promise.resolve().then(right));
        expect([error.code, error.message]).toEqual([misses, expect.stringContaining("TRACKBOOK_MODE")]);
      } else {
        const answer = await right();
        if ("answers" in rest) expect(answer).toEqual(rest.answers);
      }
      for (const call of wrong) {
        const error = await rejectionOf(Promise.resolve().then(call));
        expect(error.code, String(call)).toBe("INVALID_PARAMETER_VALUE");
      }
      await trackbook.flush();
      expect(readdirSync(folder).filter((entry) => name !== "saveModel" || entry !== "saved")).toEqual(["data"]);
      expect(warnings).toEqual([]);
    },
  );

  test("refuses every wrong call that is refused without it", () => {
    for (const call of WRONG_CALLS) expect(errorOf(call).code, String(call)).toBe("INVALID_PARAMETER_VALUE");
    expect(trackbook.activeRun()).toBeUndefined();
  });

  test("has runs that behave like runs: names, nesting, statuses, what contradicts itself", async () => {
    const run = trackbook.startRun({ runName: "outer", tags: { a: 1 } });
    expect([run.name, run.status, trackbook.activeRun()]).toEqual(["outer", "RUNNING", run]);
    expect(errorOf(() => trackbook.startRun()).code).toBe("RUN_ACTIVE");
    const child = trackbook.startRun({ nested: true });
    trackbook.logMetric("loss", 1);
    trackbook.logTable([{ a: 1 }], "t.json");
    await child.end();
    expect(errorOf(() => child.logMetric("loss", 1)).code).toBe("RUN_ENDED");
    await run.end("FAILED");
    expect([run.status, child.status]).toEqual(["FAILED", "FINISHED"]);
    await trackbook.flush();
  });

  test("goes on with any run that is named, whatever the experiment", async () => {
    trackbook.setExperiment("chosen");
    withEnvironment({ MLFLOW_RUN_ID: "0123", MLFLOW_RUN_CONTEXT: "{" });
    expect(trackbook.activeRun()?.id).toBe("0123");
    trackbook.logParam("a", 1);
    await trackbook.endRun();
    await trackbook.startRun({ runId: "4567", parentRunId: "89" }).end();
    await trackbook.flush();
  });

  test("shows of a run what is known without a store, and why that is all", () => {
    const run = trackbook.startRun({ runName: "mine" });
    const text = (run as unknown as Record<symbol, (depth: number, options: object) => string>)[
      Symbol.for("nodejs.util.inspect.custom")
    ]?.call(run, 2, { depth: 2 });
    expect(text).toContain("mine");
    expect(text).toContain("TRACKBOOK_MODE=disabled");
  });
});

describe("TRACKBOOK_MODE", () => {
  test.each([
    ["disbled", 'did you mean "disabled"'],
    ["off", "online, offline, disabled"],
  ])("%s is said once, and runs are recorded", async (mode, said) => {
    withEnvironment({ TRACKBOOK_MODE: mode, MLFLOW_TRACKING_URI: join(folder, "mlruns") });
    trackbook.startRun();
    await trackbook.startRun({ nested: true }).end();
    await trackbook.endRun();
    expect(await trackbook.searchRuns()).toHaveLength(2);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(said);
  });

  test.each(["", "online", " Online "])("%j records", async (mode) => {
    withEnvironment({ TRACKBOOK_MODE: mode, MLFLOW_TRACKING_URI: join(folder, "mlruns") });
    await trackbook.startRun().end();
    expect(await trackbook.searchRuns()).toHaveLength(1);
    expect(warnings).toEqual([]);
  });
});
