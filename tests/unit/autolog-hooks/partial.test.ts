import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { activeRun, autolog, flush, getRun, type Integration, registerIntegration, setTrackingUri } from "../../../src";
import { watchLoader } from "../../../src/autolog/hooks";
import { capturedStderr } from "../../support/captured-stderr";
import { temporaryFolder } from "../../support/temporary-folder";

/** A library that keeps of its arguments only the first. */
const SOURCE = `
  exports.Line = class Line {
    constructor(x, y, options) {
      this.x = x;
      this.slope = y[0] / x[0];
      this.trained = true;
    }
  };`;

const integration: Integration = {
  name: "ml-line",
  packages: { "ml-line": "*" },
  trainings: [
    {
      kind: "constructor",
      target: { package: "ml-line", path: ["Line"] },
      estimator: "Line",
      late: { begin: { field: "x" }, ends: [{ field: "trained" }], kept: ["x"], lost: ["y", "options"] },
      begin: ({ args: [x, y, options], estimator, complete }) => ({
        estimatorName: estimator,
        params: complete ? { ...(options as object) } : {},
        data: [{ context: "train", data: x, targets: y }],
        finish: ({ model }) => ({ metrics: { slope: (model as { slope: number }).slope } }),
      }),
    },
  ],
};

type Line = new (x: number[], y: number[], options?: object) => { slope: number };

function install(): () => { Line: Line } {
  const folder = join(temporaryFolder(), "node_modules/ml-line");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `{ "name": "ml-line", "version": "1.0.0", "main": "index.js" }`);
  writeFileSync(join(folder, "index.js"), SOURCE);
  return () => createRequire(__filename)(folder) as { Line: Line };
}

beforeEach(() => {
  autolog({ disable: true });
  setTrackingUri(temporaryFolder());
});

async function recorded() {
  const id = activeRun()?.id ?? "";
  await flush();
  const { info, data } = await getRun(id);
  return { status: info.status, ...data };
}

test("a class of the user's own library, loaded after trackbook, is seen with everything", async () => {
  registerIntegration(integration);
  autolog({ logSource: false });
  const { Line } = install()();
  expect(new Line([2], [6], { depth: 1 }).slope).toBe(3);
  const { status, params, metrics, tags } = await recorded();
  expect({ status, params, metrics }).toEqual({ status: "FINISHED", params: { depth: "1" }, metrics: { slope: 3 } });
  expect(tags).not.toHaveProperty("trackbook.autolog.partial");
});

test("what was bound before and cannot be seen is named on the run, and said once, unless silent", async () => {
  const stderr = capturedStderr();
  const load = install();
  const { Line } = load();
  registerIntegration(integration);

  autolog({ logSource: false, silent: true });
  new Line([2], [6], { depth: 1 });
  expect(stderr).toEqual([]);

  autolog({ logSource: false });
  new Line([2], [8], { depth: 1 });
  new Line([2], [8], { depth: 1 });
  expect(stderr).toHaveLength(1);
  expect(stderr[0]).toContain("Line was imported before trackbook, so its y and options could not be seen");
  expect(stderr[0]).toContain("node --import trackbook/register");

  const { status, params, metrics, tags } = await recorded();
  expect({ status, params, metrics }).toEqual({ status: "FINISHED", params: {}, metrics: { slope: 4 } });
  expect(tags["trackbook.autolog.partial"]).toBe("y, options");

  // Imported anew it is whole.
  new (load().Line)([2], [8], { depth: 5 });
  expect((await recorded()).params).toEqual({ depth: "5" });
});

test("a version that was not tested is left alone when the user says so, also where its class was replaced already", async () => {
  const stderr = capturedStderr();
  registerIntegration({ ...integration, packages: { "ml-line": ">=2" } });
  // As after an import of trackbook.
  watchLoader();
  const { Line } = install()();
  const before = activeRun();
  autolog({ logSource: false, disableForUnsupportedVersions: true });
  new Line([2], [6]);
  expect(activeRun()).toBe(before);
  expect(stderr).toEqual([
    expect.stringContaining("ml-line 1.0.0 was not tested with autolog (tested: >=2); it is left alone"),
  ]);
});
