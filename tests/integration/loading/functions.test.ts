import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requirePart } from "../../support/parts";
import { PACKAGE } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { installedProject, npmCi } from "../environment/installed-project";
import { askedElsewhere, newFolder, type Said, trained } from "./asked-elsewhere";

const KINDS = ["CommonJS", "ES module", "TypeScript"] as const;

describe("a model that is a module of a project which is not there any more", () => {
  let said: readonly Said[] = [];
  const folders: string[] = [];
  beforeAll(async () => {
    const made = await trained(await installedProject({ "ml-matrix": "6.12.1" }), ["function"]);
    said = made.said;
    folders.push(...made.folders);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** The model in another place once more, with its packages or without. */
  async function copied(kind: string, { installed }: { installed: boolean }): Promise<Said> {
    const one = said.find(({ name }) => name === kind) as Said;
    const folder = join(newFolder(), "model");
    folders.push(folder);
    cpSync(one.folder, folder, { recursive: true });
    if (installed) await npmCi(folder);
    return { ...one, folder };
  }

  test.each(KINDS)("%s: predicts the same to the last bit after npm ci in its folder", async (kind) => {
    const model = await copied(kind, { installed: true });
    const { answers } = await askedElsewhere([model]);
    expect(answers).toStrictEqual([model.expected]);
  });

  test.each(["node20", "node22", "node24", "node26"] as const)(
    "on %s: finds its packages also where TRACKBOOK_NODE_PATH names them",
    async (name) => {
      const { node } = requirePart(name);
      const { folder } = await copied("CommonJS", { installed: true });
      const models = await Promise.all(KINDS.map((kind) => copied(kind, { installed: false })));
      const { answers } = await askedElsewhere(models, { node, nodePath: folder });
      for (const [index, model] of models.entries()) expect(answers[index], model.name).toStrictEqual(model.expected);
    },
  );

  test.each(KINDS)("%s: without its packages says which command installs them", async (kind) => {
    const { folder } = await copied(kind, { installed: false });
    // The one that it was made with is installed beside trackbook.
    for (const file of ["common.cjs", "module.mjs", "typed.js"]) {
      const path = join(folder, "code", file);
      const nested = join(folder, "code/src", file);
      for (const one of [path, nested])
        if (existsSync(one)) writeFileSync(one, readFileSync(one, "utf8").replaceAll("ml-matrix", "ml-absent/deep.js"));
    }
    const program = join(newFolder(), "load.cjs");
    writeFileSync(
      program,
      "require(process.argv[2]).loadModel(process.argv[3]).catch(({ code, received, hint }) => console.log(JSON.stringify({ code, received, hint })));",
    );
    const ended = await runNode(process.execPath, [program, PACKAGE, folder], join(program, ".."));
    expect(JSON.parse(ended.stdout)).toMatchObject({
      code: "MISSING_PACKAGE",
      received: "ml-absent",
      hint: expect.stringContaining(`npm ci --prefix ${folder} installs it`),
    });
  });

  test("pins what it imports and nothing else", async () => {
    const { folder } = await copied("CommonJS", { installed: false });
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(dependencies).toEqual({ "ml-matrix": "6.12.1" });
  });
});

test("a function of the script that is running, and one that no module exports, are refused", async () => {
  const folder = newFolder();
  writeFileSync(
    join(folder, "main.cjs"),
    `const { logModel } = require(process.argv[2]);
     exports.ofMain = (rows) => rows;
     const closure = (rows) => rows;
     const told = (model) => logModel(model, "m").then(() => "logged", ({ message }) => message);
     (async () => console.log(JSON.stringify([await told(exports.ofMain), await told(closure)])))();`,
  );
  const { stdout } = await runNode(process.execPath, ["main.cjs", PACKAGE], folder);
  const [ofMain, closure] = JSON.parse(stdout) as [string, string];
  expect(ofMain).toContain("the script that is running exports it");
  expect(closure).toContain("The function or class closure cannot be kept");
  rmSync(folder, { recursive: true, force: true });
});
