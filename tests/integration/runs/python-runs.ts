import { join } from "node:path";
import { runPython } from "../../support/python";

/** A run as Python's MLflow reads it. */
export interface PythonRun {
  readonly id: string;
  /** The name of its experiment. */
  readonly experiment: string;
  readonly status: string;
  /** Whether it says when it ended. */
  readonly ended: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Step and value of each point; a value that is no finite number is Python's text for it. */
  readonly histories: Readonly<Record<string, readonly (readonly [number, number | string])[]>>;
  /** The contexts of the data sets. */
  readonly datasets: readonly string[];
  /** The ids of its models. */
  readonly models: readonly string[];
  /** What lies directly in the folder of its artifacts. */
  readonly artifacts: readonly string[];
  /** Every file below that folder. */
  readonly files: readonly string[];
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
}

/** The runs of each store, the oldest first, read by one Python process. */
export const readByPython = (python: string, stores: readonly string[]): Promise<readonly (readonly PythonRun[])[]> =>
  runPython(python, join(__dirname, "read_runs.py"), { args: stores });
