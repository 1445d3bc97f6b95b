import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { autolog, type AutologOptions, prepareAutolog } from "../../../src/autolog";
import { optionsFor, setOptions } from "../../../src/autolog/options";
import type { Integration } from "../../../src/libraries";
import { flush, logParam, startRun } from "../../../src/tracking";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf } from "../../support/error-of";
import { forgetWarnings, newStore } from "../tracking/new-store";
import { FAKE, train, trainNow, Net } from "./fake-library";

prepareAutolog();
beforeEach(() => {
  forgetWarnings();
  process.env.TRACKBOOK_TESTING = "1";
});
afterEach(() => {
  autolog({ disable: true });
  delete process.env.TRACKBOOK_TESTING;
});

/** What one training leaves under these options. */
async function trained(options: AutologOptions, integration: Integration = FAKE) {
  const { runs, history } = newStore();
  // Where the source is found needs what vitest cannot load here: see tests/integration/runs/source.test.ts.
  autolog({ logSource: false, ...options });
  const rows = Array.from({ length: 8 }, (_, row) => [row, row % 3]);
  const signature = { input: rows, output: rows.map(([value]) => value) };
  const wanted = { epochs: 5, data: [{ context: "train", data: rows }] as const, outcome: { signature } };
  await train(new Net(), wanted, integration);
  await flush();
  const [run] = runs();
  if (!run) return undefined;
  const folder = fileURLToPath(run.info.artifactUri);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return {
    ...run,
    files: files.sort(),
    mlmodel: files.includes("model/MLmodel") ? readFileSync(join(folder, "model/MLmodel"), "utf8") : "",
    epochs: history(run.info.runId, "loss").map(({ step }) => step),
  };
}

describe("without options", () => {
  test("model, signature and data are kept, and no example", async () => {
    const run = await trained({});
    expect(run?.files).toEqual(["model/MLmodel", "model/weights.json"]);
    expect(run?.mlmodel).toContain("signature:");
    expect(run?.inputs.datasetInputs).toHaveLength(1);
    expect(run?.outputs.modelOutputs).toHaveLength(1);
    expect(run?.epochs).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("the option", () => {
  test("logModels: false keeps no model", async () => {
    const run = await trained({ logModels: false });
    expect(run?.files).toEqual([]);
    expect(run?.outputs.modelOutputs).toEqual([]);
  });

  test("logInputExamples keeps the first rows beside the model", async () => {
    const run = await trained({ logInputExamples: true });
    expect(run?.files).toContain("model/input_example.json");
    expect(run?.mlmodel).toContain("saved_input_example_info");
  });

  test("logModelSignatures: false leaves the signature out", async () => {
    expect((await trained({ logModelSignatures: false }))?.mlmodel).not.toContain("signature:");
  });

  test("logDatasets: false describes no data", async () => {
    expect((await trained({ logDatasets: false }))?.inputs.datasetInputs).toEqual([]);
  });

  test("extraTags stands on each run that a training opens, and not on the user's", async () => {
    const { runs } = newStore();
    autolog({ logSource: false, extraTags: { team: "birds" } });
    const mine = startRun();
    trainNow(new Net());
    await mine.end();
    trainNow(new Net());
    await flush();
    expect(runs().map(({ data }) => data.tags.team)).toEqual([undefined, "birds"]);
    expect(runs()[0]?.data.tags["mlflow.autologging"]).toBe("ml-fake");
  });

  test("exclusive records nothing into runs of the user", async () => {
    const { runs } = newStore();
    autolog({ logSource: false, exclusive: true });
    const mine = startRun();
    expect(trainNow(new Net())).toBe("trained");
    await mine.end();
    logParam("mine", 1);
    trainNow(new Net());
    await flush();
    expect(runs().map(({ data }) => data.tags.estimator_name)).toEqual([undefined, "Net"]);
  });

  test("disable records nothing, for all libraries or for one", async () => {
    expect(await trained({ disable: true })).toBeUndefined();
    expect(await trained({ "ml-fake": false })).toBeUndefined();
    expect(await trained({ "ml-fake": { disable: true } })).toBeUndefined();
    expect(await trained({ "ml-other": false })).toBeDefined();
  });

  test("maxModelBytes leaves a larger model out, with one warning that says how to keep it", async () => {
    const written = capturedStderr();
    for (let round = 0; round < 2; round++) {
      const run = await trained({ maxModelBytes: 6 });
      expect(run?.files).toEqual([]);
      expect(run?.info.status).toBe("FINISHED");
    }
    expect(written).toEqual([expect.stringContaining("autolog({ maxModelBytes: 7 })")]);
    expect((await trained({ maxModelBytes: 7 }))?.files).toContain("model/MLmodel");
  });

  test("silent says nothing of it", async () => {
    const written = capturedStderr();
    await trained({ maxModelBytes: 1, silent: true });
    await trained({ maxModelBytes: 1, "ml-fake": { silent: true } });
    expect(written).toEqual([]);
  });

  test("everyNEpochs, everyNSteps and the rest reach the library, its own over the common ones", () => {
    setOptions({
      everyNEpochs: 2,
      logModels: false,
      "ml-fake": { everyNEpochs: 3, everyNSteps: 10 },
      "ml-other": true,
    });
    expect(optionsFor("ml-fake")).toMatchObject({ everyNEpochs: 3, everyNSteps: 10, logModels: false, disable: false });
    expect(optionsFor("ml-other")).toMatchObject({ everyNEpochs: 2, logModels: false, disable: false });
    // Asked at each training: the answer is kept.
    expect(optionsFor("ml-fake")).toBe(optionsFor("ml-fake"));
    autolog({});
    expect(optionsFor("ml-fake")).toMatchObject({ everyNEpochs: 1, everyNSteps: undefined, logModels: true });
  });
});

describe("wrong options are refused at once:", () => {
  const refused = (options: unknown) => errorOf(() => autolog(options as never));

  test("one that there is not, with the nearest that there is", () => {
    expect(refused({ logModel: false }).hint).toBe('did you mean "logModels"?');
    expect(refused({ tfj: false }).hint).toBe('did you mean "tfjs"?');
    expect(refused({ "ml-regresion": false }).hint).toBe('did you mean "ml-regression"?');
    expect(refused({ tfjs: { everyNStep: 1 } }).hint).toBe('did you mean "everyNSteps"?');
  });

  test.each([
    ["logModels", "yes"],
    ["disable", 1],
    ["silent", null],
    ["everyNEpochs", 0],
    ["everyNSteps", 1.5],
    ["maxModelBytes", -1],
    ["extraTags", ["a"]],
    ["display", "loud"],
    ["registeredModelName", ""],
    ["registeredModelName", "models:/wine"],
  ])("%s: %j", (key, value) => {
    expect(refused({ [key]: value }).accepted).toBeTruthy();
    expect(refused({ "ml-regression": { [key]: value } }).code).toBe("INVALID_PARAMETER_VALUE");
  });

  test("and what is no object", () => {
    for (const options of [null, "all", 3, ["tfjs"]]) expect(refused(options).code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused({ tfjs: "off" }).code).toBe("INVALID_PARAMETER_VALUE");
  });
});
