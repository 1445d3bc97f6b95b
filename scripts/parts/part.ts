/** What a test gets of each part it can ask for: absolute paths. */
export interface PartPaths {
  /** Python with Jupyter, MLflow and scikit-learn in a virtual environment. */
  readonly python: { readonly python: string; readonly jupyter: string };
  /** Python with the same packages, and MLflow in the release after that. */
  readonly "next-mlflow": { readonly python: string };
  /** A folder for `JUPYTER_PATH` that holds the kernelspecs `tslab`, `tslab-node20`, … `tslab-node26`. */
  readonly tslab: { readonly jupyterPath: string };
  /** Deno and a folder for `JUPYTER_PATH` that holds the kernelspec `deno`. */
  readonly deno: { readonly deno: string; readonly jupyterPath: string };
  readonly node20: { readonly node: string };
  readonly node22: { readonly node: string };
  readonly node24: { readonly node: string };
  readonly node26: { readonly node: string };
  /** A folder whose `node_modules` holds `@tensorflow/tfjs-node` with its native backend. */
  readonly "tfjs-node": { readonly folder: string };
  /** A folder whose `node_modules` holds `danfojs`. */
  readonly danfojs: { readonly folder: string };
  /** A folder whose `node_modules` holds `onnxruntime-node`. */
  readonly onnxruntime: { readonly folder: string };
  /** The folder of PostgreSQL's programs. */
  readonly postgresql: { readonly bin: string };
  /** MariaDB's server, and what makes its folder of data. */
  readonly mariadb: { readonly server: string; readonly install: string };
  readonly chromium: { readonly chromium: string };
}

export type PartName = keyof PartPaths;

/** One thing outside npm's reach that tests need: how to see whether it is there, and how to supply it. */
export interface Part<Name extends PartName = PartName> {
  readonly name: Name;
  /** What it is, for people. */
  readonly what: string;
  /** Parts that must be there before this one can be supplied. */
  readonly needs: readonly PartName[];
  /** What a person types to supply it where `supply` could not. */
  readonly command: string;
  /** Its paths when it is there and up to date, else undefined. Fast: it looks at files only. */
  find(): PartPaths[Name] | undefined;
  /** Puts it there; throws with the reason when that cannot be done. */
  supply(): Promise<void>;
}

/** What preparing found of one part, as written to `.cache/parts.json`. */
export type PartState<Name extends PartName = PartName> =
  | { readonly ready: true; readonly paths: PartPaths[Name] }
  | { readonly ready: false; readonly what: string; readonly reason: string; readonly command: string };

/** The content of `.cache/parts.json`. */
export type PartStates = { readonly [Name in PartName]: PartState<Name> };
