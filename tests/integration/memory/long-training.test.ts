import { join } from "node:path";
import { expect, test } from "vitest";
import { DIST } from "../../../scripts/repository";
import { runCommand } from "../../../scripts/run-command";
import { temporaryFolder } from "../../support/temporary-folder";

test("a training holds no more after 8,000 epochs than after 2,000, but for the history that TensorFlow.js keeps itself", async () => {
  const printed = await runCommand(process.execPath, [
    "--expose-gc",
    join(__dirname, "long-training.cjs"),
    DIST,
    temporaryFolder(),
  ]);
  const [first = 0, , , last = 0] = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as number[];
  expect((last - first) / 6000).toBeLessThan(80);
}, 300_000);
