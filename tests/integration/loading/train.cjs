// node train.cjs TRACKBOOK LIBRARY…: trains every model of these libraries and logs them with a signature; writes what each was asked and said.
const { writeFileSync } = require("node:fs");
const { serialize } = require("node:v8");
const { createRequire } = require("node:module");
const { fileURLToPath } = require("node:url");
const { functions } = require("./functions.cjs");
const models = require("./models.cjs");

const [trackbook, ...names] = process.argv.slice(2);
const { inferSignature, logModel, startRun } = require(trackbook);
const load = createRequire(`${process.cwd()}/from-here.js`);
const KINDS = { "ml-regression": "regressions", "ml-random-forest": "forests" };
const modelsOf = (library) => (library === "function" ? functions() : models[KINDS[library] ?? "nets"](load(library)));

(async () => {
  const said = [];
  for (const library of names) {
    const run = startRun();
    for (const { name, model, input, expected } of await modelsOf(library)) {
      const signature = name === "embedding and lstm" ? undefined : inferSignature(input);
      const { name: folder, modelUri } = await logModel(model, name.replaceAll(" ", "_"), { signature });
      said.push({ library, name, input, expected, modelUri, folder: `${fileURLToPath(run.artifactUri)}/${folder}` });
    }
    await run.end();
  }
  writeFileSync("said.bin", serialize(said));
})();
