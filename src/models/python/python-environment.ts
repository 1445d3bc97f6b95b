import type { ModelFile } from "../flavor";
import { pythonVersion } from "./python-version";

/** For MLmodel's `python_function`: the names of the files. */
export const pythonEnvironmentEntry = { conda: "conda.yaml", virtualenv: "python_env.yaml" } as const;

/** What the loader needs of Python: nothing that MLflow does not bring. */
const REQUIREMENT = "mlflow>=2,<4";

/** From what MLflow makes a Python environment, unless it is told to use its own: with conda one that has Node as well. */
export const pythonEnvironmentFiles = (): readonly ModelFile[] => [
  { path: "requirements.txt", bytes: `${REQUIREMENT}\n` },
  {
    path: pythonEnvironmentEntry.conda,
    bytes: `channels:
- conda-forge
dependencies:
- python=${pythonVersion()}
- nodejs>=20.19
- pip
- pip:
  - ${REQUIREMENT}
name: mlflow-env
`,
  },
  {
    path: pythonEnvironmentEntry.virtualenv,
    bytes: `python: ${JSON.stringify(pythonVersion())}
build_dependencies:
- pip
- setuptools
- wheel
dependencies:
- -r requirements.txt
`,
  },
];
