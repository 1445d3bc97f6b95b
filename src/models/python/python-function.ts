import { join } from "node:path";
import { shippedText } from "../../core/disk";
import type { ModelFile } from "../flavor";
import type { ModelSignature } from "../signature";
import { pythonEnvironmentEntry, pythonEnvironmentFiles } from "./python-environment";
import { oneModule } from "./one-module";
import { pythonVersion } from "./python-version";

/** The Python package that MLflow imports. Its name has the version of what it and Node say to each other: see its own first lines. */
const LOADER = "trackbook_loader_v1";

const PYTHON = ["__init__.py", "answer.py", "cells.py", "errors.py", "node_process.py", "request.py"];

/** What runs in Node; `main` comes to the rest. */
const NODE = ["answer", "cells", "frames", "main", "module-importer", "packages", "request"];

/** What Python needs of a model beside its files. */
export interface PythonFunctionDetails {
  /** The compiled predictor of the flavor. */
  readonly predictorCode: string;
  /** The flavor's entry in MLmodel. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly signature?: ModelSignature;
}

/** The files by which Python asks a model that runs in Node: a package in `code/`, and what MLflow makes an environment for it from. */
export function pythonFunctionFiles({ predictorCode, config, signature }: PythonFunctionDetails): readonly ModelFile[] {
  const { inputs = null, outputs = null } = signature?.toJSON() ?? {};
  const texts: readonly (readonly [name: string, text: string])[] = [
    ...PYTHON.map((name) => [name, shippedText(join(__dirname, LOADER), name)] as const),
    // `.cjs`, for the model may come to lie in a project whose `.js` are ES modules.
    ["main.cjs", nodeCode()],
    ["predictor.cjs", predictorCode],
    ["model.json", JSON.stringify({ config, inputs, outputs })],
  ];
  return [...texts.map(([name, bytes]) => ({ path: `code/${LOADER}/${name}`, bytes })), ...pythonEnvironmentFiles()];
}

let node: string | undefined;

function nodeCode(): string {
  const folder = join(__dirname, "node");
  node ??= oneModule(Object.fromEntries(NODE.map((name) => [name, shippedText(folder, `${name}.js`)])), "main");
  return node;
}

/**
 * MLmodel's `python_function`, which is what `mlflow.pyfunc.load_model` and `mlflow models serve` look for (mlflow/pyfunc/__init__.py,
 * add_to_model).
 */
export const pythonFunctionConfig = ({
  data,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  code: "code",
  env: pythonEnvironmentEntry,
  loader_module: LOADER,
  ...(typeof data === "string" && { model_path: data }),
  python_version: pythonVersion(),
});
