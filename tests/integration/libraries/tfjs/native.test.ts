import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PartName } from "../../../../scripts/parts";
import { describeWithParts, requirePart } from "../../../support/parts";
import { modelFiles } from "../../../support/model-files";

const NODES = ["node20", "node22", "node24", "node26"] as const satisfies readonly PartName[];

describeWithParts(["tfjs-node"], "TensorFlow's native backend", ({ "tfjs-node": { folder } }) => {
  test.each(NODES)("on %s: recorded in full, trained as without us, and read by its own file:// loader", (name) => {
    const { node } = requirePart(name);
    const store = mkdtempSync(join(tmpdir(), "trackbook-"));
    const program = join(__dirname, "native-program.ts");
    const output = execFileSync(node, ["--import", "tsx", program, folder, store], {
      encoding: "utf8",
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", TRACKBOOK_TESTING: "1" },
    });
    const { tensors, ...rest } = JSON.parse(output.trim().split("\n").at(-1) as string);
    expect(rest).toEqual({
      backend: "tensorflow",
      sameWeights: true,
      sameAsHistory: true,
      loadedWeights: true,
      files: [...modelFiles("data/model.json", "data/weights.bin"), "model_summary.txt"],
    });
    expect(tensors[0]).toBe(tensors[1]);
  });
});
