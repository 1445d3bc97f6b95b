import { readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What MLmodel says where no Python can be found: the oldest with which MLflow 3.17 is tested that is still common. */
const UNKNOWN = "3.11";

let known: string | undefined;

/**
 * The version of the Python that this machine would run (`3.11.7`, or `3.11`), for MLflow warns when a model names none, or another than it runs
 * in. Found out from files: to start Python would take longer than to write the model.
 */
export function pythonVersion(): string {
  known ??= findPythonVersion(process.env) ?? UNKNOWN;
  return known;
}

/** `undefined` when there is none, or it does not say. */
export function findPythonVersion(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env.VIRTUAL_ENV) return versionOfEnvironment(env.VIRTUAL_ENV);
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    if (folder === "") continue;
    const found = versionInFolder(folder, env);
    if (found !== undefined) return found;
  }
  return undefined;
}

function versionInFolder(folder: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const python = realPath(join(folder, "python3"));
  if (python === undefined) return undefined;
  return (
    versionOfEnvironment(join(folder, "..")) ??
    /python(3\.\d+)$/.exec(python)?.[1] ??
    (/[\\/]shims[\\/]python3$/.test(python) ? versionOfPyenv(folder, env) : undefined)
  );
}

/** A virtual environment says it itself. */
const versionOfEnvironment = (folder: string): string | undefined =>
  /^version(?:_info)?\s*=\s*(3\.\d+(?:\.\d+)?)/m.exec(readText(join(folder, "pyvenv.cfg")) ?? "")?.[1];

/** What pyenv puts on the path only chooses between others. */
const versionOfPyenv = (shims: string, env: Readonly<Record<string, string | undefined>>): string | undefined =>
  /^3\.\d+\.\d+/.exec(env.PYENV_VERSION ?? readText(join(shims, "../version")) ?? "")?.[0];

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
