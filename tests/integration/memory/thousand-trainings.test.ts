import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DIST } from "../../../scripts/repository";
import { runCommand } from "../../../scripts/run-command";
import { temporaryFolder } from "../../support/temporary-folder";

/** What a process has in use: bytes after forced collections, kinds of open resources, open files, `tf.memory()`. */
interface InUse {
  readonly bytes: number;
  readonly resources: readonly string[];
  readonly files: number;
  readonly tensors: Readonly<Record<string, number>>;
}

test("a process that has trained 1,000 times holds what it held after 500: memory within 5 %, no handle, file or tensor more", async () => {
  const store = temporaryFolder();
  const printed = await runCommand(
    process.execPath,
    ["--expose-gc", join(__dirname, "thousand-trainings.cjs"), DIST, store],
    { env: { TRACKBOOK_TESTING: "1" } },
  );
  const [half, whole] = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as [InUse, InUse];
  // Beside the runs stands what belongs to the experiment.
  const runs = readdirSync(join(store, "0")).filter((name) => /^[0-9a-f]{32}$/.test(name));
  expect(runs).toHaveLength(1000);
  expect(whole.bytes / half.bytes).toBeLessThan(1.05);
  expect(whole.resources).toEqual(half.resources);
  expect(whole.files).toBe(half.files);
  expect(whole.tensors).toEqual(half.tensors);
}, 600_000);
