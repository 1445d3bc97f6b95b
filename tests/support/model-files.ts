/** What Python's loader consists of. */
const LOADER = ["__init__.py", "answer.py", "cells.py", "errors.py", "main.cjs", "model.json", "node_process.py"]
  .concat(["predictor.cjs", "request.py"])
  .map((name) => `code/trackbook_loader_v1/${name}`);

/** What lies in the folder of every logged model of a library that is known, beside the flavor's own files. */
const COMMON = [
  "MLmodel",
  ...LOADER,
  "conda.yaml",
  "package-lock.json",
  "package.json",
  "python_env.yaml",
  "requirements.txt",
];

/** The paths of all files of the model that a training left at `model/`, sorted; `own` are the flavor's. */
export const modelFiles = (...own: readonly string[]): readonly string[] =>
  [...COMMON, ...own].map((path) => `model/${path}`).sort();
