// node ask.cjs TRACKBOOK FOLDERS [LIBRARY]: loads each model (a JSON list of folders), after LIBRARY where one is named; writes what it says to the same question.
const { readFileSync, writeFileSync } = require("node:fs");
const { deserialize, serialize } = require("node:v8");

const [trackbook, folders, library] = process.argv.slice(2);
const { autolog, flush, loadModel, searchRuns } = require(trackbook);

(async () => {
  // What a restored model does is no training. (With a library of its own, without autolog: that would mend it for newer Nodes.)
  const tf = library && require(library);
  if (!library) autolog({ silent: true });
  const questions = deserialize(readFileSync("questions.bin"));
  const answers = [];
  for (const [index, folder] of JSON.parse(folders).entries()) {
    const model = await loadModel(folder);
    answers.push(await model.predict(questions[index]));
  }
  await flush();
  writeFileSync("answers.bin", serialize(answers));
  const loaded = Object.keys(require.cache).filter((file) => /node_modules.(ml-|@tensorflow)/.test(file));
  console.log(JSON.stringify({ runs: (await searchRuns()).length, loaded, backend: tf?.getBackend() }));
})();
