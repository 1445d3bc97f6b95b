import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileRegistry, type RegistryStore } from "../../../src/stores";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { newGate, openGate, startWriter } from "../../support/writers-at-once";

const WRITER = join(__dirname, "writer.ts");
const SCRIPT = join(__dirname, "registry.py");

/** Every number that was answered is one version, and says who made it; nothing unfinished is left. */
function expectWhole(root: string, registry: RegistryStore, made: Readonly<Record<string, readonly number[]>>): void {
  const numbers = Object.values(made).flat();
  expect(new Set(numbers).size).toBe(numbers.length);
  const { items } = registry.searchModelVersions({ filter: "name = 'shared'", maxResults: 10_000 });
  const writers = new Map(items.map(({ version, tags }) => [version, tags.writer]));
  for (const [writer, versions] of Object.entries(made))
    for (const version of versions) expect([version, writers.get(version)]).toEqual([version, writer]);
  expect(
    readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => name.includes(".tmp")),
  ).toEqual([]);
}

const newRoot = () => {
  const root = join(temporaryFolder(), "mlruns");
  const registry = fileRegistry({ root });
  registry.createRegisteredModel("shared");
  return { root, registry };
};

test("four processes that add versions at once get every number once, none being left out", async () => {
  const { root, registry } = newRoot();
  const gate = newGate();
  const names = ["1", "2", "3", "4"];
  const writers = names.map((name) => startWriter(WRITER, [root, gate, name]));
  await openGate(gate, names);
  const answers = (await Promise.all(writers.map(({ answer }) => answer))) as number[][];
  expectWhole(root, registry, Object.fromEntries(names.map((name, index) => [name, answers[index] as number[]])));
  expect(answers.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 240 }, (_, index) => index + 1));
  const { aliases } = registry.getRegisteredModel("shared");
  expect(Object.keys(aliases).sort()).toEqual(names.map((name) => `alias-${name}`));
  for (const [index, name] of names.entries()) expect(aliases[`alias-${name}`]).toBe(answers[index]?.[50]);
});

describeWithParts(["python"], "two processes of ours and one of Python's", ({ python: { python } }) => {
  test("that add versions at once get no number twice", async () => {
    const { root, registry } = newRoot();
    const gate = newGate();
    const writers = ["1", "2"].map((name) => startWriter(WRITER, [root, gate, name]));
    const theirs = runPython<number[]>(python, SCRIPT, { args: ["write", root, gate] });
    await openGate(gate, ["1", "2", "python"]);
    const [first, second] = (await Promise.all(writers.map(({ answer }) => answer))) as [number[], number[]];
    expectWhole(root, registry, { 1: first, 2: second, python: await theirs });
  });
});
