import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../../scripts/repository";
import { type PythonPeer, startPythonPeer } from "../../support/python-peer";
import { saveScripted, type Script } from "./scripted-model";

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
export class Loader {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-loader-")));
  readonly peer: PythonPeer;
  readonly #python: string;
  #count = 0;

  constructor(python: string) {
    this.#python = python;
    this.peer = this.start();
  }

  /** One more Python in the same folder; whoever starts it ends it. */
  start(): PythonPeer {
    return startPythonPeer(this.#python, join(__dirname, "loader.py"), {
      folder: this.root,
      env: { TRACKBOOK_NODE_PATH: REPOSITORY, TRACKBOOK_NODE: process.execPath },
    });
  }

  /** Saves a model of this code and has it loaded; the name by which it can be asked. */
  async loaded(script: Script, by = this.peer): Promise<string> {
    const folder = await saveScripted(this.root, `scripted-${this.#count++}`, script);
    await by.ask("load", folder, folder);
    return folder;
  }

  close(): void {
    this.peer.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Numbers as loader.py writes them: what JSON has no form for as text. */
export const asTold = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTold);
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return Number.isFinite(value) ? "-0.0" : String(value).replace("NaN", "nan").replace("Infinity", "inf");
};
