import { join } from "node:path";
import { REPOSITORY } from "../../../scripts/repository";
import { type PythonPeer, startPythonPeer } from "../../support/python-peer";

/** What Python's model answered, as loader.py tells it. */
export interface PythonAnswer {
  readonly kind: "array" | "frame" | "dict" | "list";
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly values?: unknown;
  readonly columns?: Readonly<Record<string, { readonly dtype: string; readonly values: readonly unknown[] }>>;
  readonly outputs?: Readonly<Record<string, PythonAnswer>>;
}

/** Python with MLflow, in a folder without packages: models find theirs in the repository. */
export const startLoader = (
  python: string,
  folder: string,
  env: Readonly<Record<string, string | undefined>> = {},
): PythonPeer =>
  startPythonPeer(python, join(__dirname, "loader.py"), {
    folder,
    env: { TRACKBOOK_NODE_PATH: REPOSITORY, TRACKBOOK_NODE: process.execPath, ...env },
  });

/** Numbers as loader.py writes them: what JSON has no form for as text. */
export const asTold = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTold);
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return Number.isFinite(value) ? "-0.0" : String(value).replace("NaN", "nan").replace("Infinity", "inf");
};
