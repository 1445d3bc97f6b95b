import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installedProject, npmCi } from "../environment/installed-project";
import { askedElsewhere, type Said, trained } from "./asked-elsewhere";

const LIBRARIES = { "ml-regression": "6.3.0", "ml-random-forest": "2.1.0", "@tensorflow/tfjs": "4.22.0" };

describe("in a new process, from a copied folder, after npm ci from the model's own lock file, the original project renamed", () => {
  let said: readonly Said[] = [];
  const folders: string[] = [];
  beforeAll(async () => {
    const made = await trained(await installedProject(LIBRARIES), Object.keys(LIBRARIES));
    said = made.said;
    folders.push(...made.folders);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["ml-regression", 12],
    ["ml-random-forest", 3],
    ["@tensorflow/tfjs", 5],
  ])("every model of %s predicts the same to the last bit, and nothing is recorded", async (library, count) => {
    const models = said.filter((one) => one.library === library);
    expect(models).toHaveLength(count);
    // One installation for all of them: they pin the same.
    const { folder } = models[0] as Said;
    await npmCi(folder);
    const { answers, loaded, runs } = await askedElsewhere(models, { nodePath: folder });
    for (const [index, { name, expected }] of models.entries()) expect(answers[index], name).toStrictEqual(expected);
    expect(runs).toBe(0);
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.filter((file) => !file.startsWith(join(folder, "node_modules")))).toEqual([]);
    expect(existsSync(join(folder, "node_modules/trackbook"))).toBe(false);
  });
});
