import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { UserFolder } from "./user-folder";

let folder: UserFolder;
beforeAll(() => {
  folder = new UserFolder();
});
afterAll(() => folder.remove());

/** The first block of JavaScript under a heading of our README. */
function exampleUnder(heading: string): string {
  const [, section = ""] = readFileSync(join(REPOSITORY, "README.md"), "utf8").split(`\n## ${heading}\n`);
  const [, block = ""] = /```js\n(.*?)```/s.exec(section.split("\n## ")[0] as string) ?? [];
  return block;
}

test("workers that join a run log all of their points to it, and it ends with the one that opened it", async () => {
  const { code, stdout, stderr, runs } = await folder.run("several.mjs", exampleUnder("Several processes, one run"));
  expect([code, stdout, stderr]).toEqual([0, "", ""]);
  expect(runs.map(({ info }) => [info.runName, info.status])).toEqual([["in parallel", "FINISHED"]]);
  for (const seed of [1, 2, 3])
    expect(runs[0]?.history(`loss seed ${seed}`)).toEqual(Array.from({ length: 100 }, (_, step) => 1 / (step + 1)));
});
