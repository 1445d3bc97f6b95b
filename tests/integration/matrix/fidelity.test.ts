import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { NODE_MAJORS } from "../../../scripts/parts/nodes";
import { REPOSITORY } from "../../../scripts/repository";
import { openTrackingStore } from "../../../src/stores";
import { createInstalledFolder } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { requirePart } from "../../support/parts";

/** What tests/support/matrix-fidelity.cjs prints. */
interface Seen {
  readonly models: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly same: Readonly<Record<string, unknown>>;
  readonly names: unknown;
  readonly descriptors: Readonly<Record<string, string>>;
  readonly repeated: boolean;
  readonly trained: number;
}

const PROGRAM = "matrix-fidelity.cjs";
const PACKAGES = ["", "-base", "-simple-linear", "-polynomial", "-exponential", "-power", "-theil-sen"]
  .concat(["-robust-polynomial", "-multivariate-linear"])
  .map((rest) => `ml-regression${rest}`)
  .concat(["ml-random-forest", "ml-matrix", "@tensorflow/tfjs-layers"]);

describe.each(NODE_MAJORS)("on Node %i", (major) => {
  let plain: Seen;
  const seen: Record<string, Seen> = {};
  const stores: Record<string, string> = {};

  beforeAll(async () => {
    const { node } = requirePart(`node${major}`);
    const folder = createInstalledFolder(...PACKAGES);
    for (const file of [PROGRAM, "matrix-descriptors.cjs"])
      copyFileSync(join(REPOSITORY, "tests/support", file), join(folder, file));
    const run = async (mode: string): Promise<Seen> => {
      stores[mode] = mkdtempSync(join(tmpdir(), "trackbook-store-"));
      const env = { MLFLOW_TRACKING_URI: stores[mode], TRACKBOOK_TESTING: "1" };
      const { code, stdout, stderr } = await runNode(node, [PROGRAM, mode], folder, env);
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    };
    plain = await run("plain");
    for (const mode of ["early", "late"]) seen[mode] = await run(mode);
  });

  describe.each([
    ["before", "early"],
    ["after", "late"],
  ])("with trackbook loaded %s the libraries", (_when, mode) => {
    test.each(["models", "errors", "same", "names"] as const)("a program sees no difference in %s", (what) => {
      expect(seen[mode]?.[what]).toEqual(plain[what]);
    });

    test("every training has left its run, also those that throw; no tree, inner regression or load() has", () => {
      const { models, errors } = plain;
      expect(seen[mode]?.trained).toBe(Object.keys(models).length + Object.keys(errors).length);
      const { items } = openTrackingStore(stores[mode] as string).searchRuns(["0"], { filter: "status = 'FAILED'" });
      expect(items).toHaveLength(Object.keys(errors).length);
    });

    test("after autolog({ disable: true }) no property of library, loader or prototype differs, also the third time", () => {
      expect(Object.keys(plain.descriptors).length).toBeGreaterThan(3000);
      expect(seen[mode]?.descriptors).toEqual(plain.descriptors);
      expect(seen[mode]?.repeated).toBe(true);
    });
  });
});
