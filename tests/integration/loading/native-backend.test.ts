import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PartName } from "../../../scripts/parts";
import { REPOSITORY } from "../../../scripts/repository";
import { describeWithParts, requirePart } from "../../support/parts";
import { askedElsewhere, newFolder, type Said, trained } from "./asked-elsewhere";

const NODES = ["node20", "node22", "node24", "node26"] as const satisfies readonly PartName[];

describeWithParts(["tfjs-node"], "TensorFlow.js with and without its native backend", ({ "tfjs-node": { folder } }) => {
  const native = join(folder, "node_modules/@tensorflow/tfjs-node");
  const folders: string[] = [];
  const trainedWith = async (library: string, modules: string) => {
    const project = newFolder();
    symlinkSync(modules, join(project, "node_modules"), "junction");
    const made = await trained(project, [library]);
    folders.push(...made.folders);
    return made.said;
  };
  let byNative: readonly Said[];
  let byPlain: readonly Said[];
  beforeAll(async () => {
    byNative = await trainedWith("@tensorflow/tfjs-node", join(folder, "node_modules"));
    byPlain = await trainedWith("@tensorflow/tfjs", join(REPOSITORY, "node_modules"));
  });
  afterAll(() => {
    for (const one of folders) rmSync(one, { recursive: true, force: true });
  });
  const expectEqual = (answers: readonly unknown[], said: readonly Said[]) => {
    expect(said).toHaveLength(5);
    for (const [index, { name, expected }] of said.entries()) expect(answers[index], name).toStrictEqual(expected);
  };

  test.each(NODES)("on %s a program that has loaded tfjs-node gets its predictions, to the last bit", async (name) => {
    const { node } = requirePart(name);
    const { answers, backend } = await askedElsewhere(byNative, { node, library: native, nodePath: folder });
    expectEqual(answers, byNative);
    expect(backend).toBe("tensorflow");
  });

  test("one that has not gets those of plain JavaScript, whatever is installed", async () => {
    expectEqual((await askedElsewhere(byPlain, { nodePath: folder })).answers, byPlain);
    expectEqual((await askedElsewhere(byPlain)).answers, byPlain);
  });

  test("a model goes from one to the other: the numbers are as good as equal", async () => {
    const { answers } = await askedElsewhere(byNative);
    for (const [index, { expected, name }] of byNative.entries())
      expect(distance(answers[index], expected), name).toBeLessThan(1e-5);
    const back = await askedElsewhere(byPlain, { library: native, nodePath: folder });
    for (const [index, { expected, name }] of byPlain.entries())
      expect(distance(back.answers[index], expected), name).toBeLessThan(1e-5);
  });
});

/** The greatest difference between numbers at the same place, relative to their size. */
function distance(one: unknown, other: unknown): number {
  if (typeof one === "number") return Math.abs(one - (other as number)) / Math.max(1, Math.abs(one));
  const [a, b] = [Object.entries(one as object), other as Readonly<Record<string, unknown>>];
  if (a.length !== Object.keys(b).length) return Infinity;
  return Math.max(0, ...a.map(([key, value]) => distance(value, b[key])));
}
