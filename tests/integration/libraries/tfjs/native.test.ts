import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { PartName } from "../../../../scripts/parts";
import { modelFiles } from "../../../support/model-files";
import { describeWithParts, requirePart } from "../../../support/parts";
import { type FoundRun, runsIn } from "../recorded-runs";

const NODES = ["node20", "node22", "node24", "node26"] as const satisfies readonly PartName[];

describeWithParts(["tfjs-node"], "TensorFlow's native backend", ({ "tfjs-node": { folder } }) => {
  test.each(NODES)("on %s: recorded in full, trained as without us, and read by its own file:// loader", (name) => {
    const { node } = requirePart(name);
    const store = mkdtempSync(join(tmpdir(), "trackbook-"));
    onTestFinished(() => rmSync(store, { recursive: true, force: true }));
    const program = join(__dirname, "native-program.ts");
    const output = execFileSync(node, ["--import", "tsx", program, folder, store], {
      encoding: "utf8",
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", TRACKBOOK_TESTING: "1" },
    });
    const { tensors, losses, ...rest } = JSON.parse(output.trim().split("\n").at(-1) as string);
    expect(rest).toEqual({ backend: "tensorflow", sameWeights: true, loadedWeights: true });
    expect(tensors[0]).toBe(tensors[1]);
    const [run] = runsIn(store) as [FoundRun];
    expect(run.history("loss")).toEqual(losses);
    expect(run.files).toEqual([...modelFiles("data/model.json", "data/weights.bin"), "model_summary.txt"]);
    const pinned = JSON.parse(run.text("model/package-lock.json")).packages;
    const installed = join(folder, "node_modules/@tensorflow/tfjs/package.json");
    const { version } = JSON.parse(readFileSync(installed, "utf8"));
    expect(pinned[""].dependencies).toEqual({ "@tensorflow/tfjs": version });
    expect(Object.keys(pinned).filter((path) => path.includes("tfjs-node"))).toEqual([]);
  });
});
