import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { expect } from "vitest";
import { graphs } from "../../support/graph-model";
import { PACKAGE } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";

/** What a model was asked, and said, in the process that trained it. */
export interface Said {
  readonly library: string;
  readonly name: string;
  readonly input: unknown;
  readonly expected: unknown;
  readonly folder: string;
}

export const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "trackbook-loading-")));

/**
 * Trains and logs every model of these libraries in a process of its own. Their folders are copied elsewhere then, and the project is renamed: nothing
 * is where it was.
 *
 * @param project a folder with the libraries installed
 */
export async function trained(
  project: string,
  libraries: readonly string[],
  { node = process.execPath }: { node?: string } = {},
): Promise<{ readonly said: readonly Said[]; readonly folders: readonly string[] }> {
  for (const file of ["models.cjs", "train.cjs", "functions.cjs"])
    copyFileSync(join(__dirname, file), join(project, file));
  writeFileSync(join(project, "graph.bin"), serialize(graphs.signed));
  const ended = await runNode(node, ["train.cjs", PACKAGE, ...libraries], project, ENVIRONMENT);
  expect(ended.code, ended.stderr).toBe(0);
  const said = deserialize(readFileSync(join(project, "said.bin"))) as readonly Said[];
  const elsewhere = newFolder();
  const copies = said.map((one, index) => ({ ...one, folder: join(elsewhere, `${index} ${one.name}`) }));
  for (const [index, { folder }] of copies.entries()) cpSync((said[index] as Said).folder, folder, { recursive: true });
  renameSync(project, `${project}-renamed`);
  return { said: copies, folders: [`${project}-renamed`, elsewhere] };
}

const ENVIRONMENT = { TRACKBOOK_TESTING: "1", MLFLOW_TRACKING_URI: "mlruns", TF_CPP_MIN_LOG_LEVEL: "3" };

export interface AskOptions {
  readonly node?: string;
  /** Loaded before the models. */
  readonly library?: string;
  readonly nodePath?: string;
}

/** What the models have said in another process. */
export interface Answered {
  readonly answers: readonly unknown[];
  /** Files of libraries that it has loaded. */
  readonly loaded: readonly string[];
  /** How many runs it has recorded. */
  readonly runs: number;
  /** Of the library that was named. */
  readonly backend?: string;
}

/** Puts the same questions to the models in a new process. */
export async function askedElsewhere(
  said: readonly Said[],
  { node = process.execPath, library, nodePath = "" }: AskOptions = {},
): Promise<Answered> {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "questions.bin"), serialize(said.map(({ input }) => input)));
  const folders = JSON.stringify(said.map((one) => one.folder));
  const args = [join(__dirname, "ask.cjs"), PACKAGE, folders, ...(library === undefined ? [] : [library])];
  const ended = await runNode(node, args, folder, { ...ENVIRONMENT, TRACKBOOK_NODE_PATH: nodePath });
  expect(ended.code, ended.stderr).toBe(0);
  const answers = deserialize(readFileSync(join(folder, "answers.bin"))) as readonly unknown[];
  return { answers, ...JSON.parse(ended.stdout.trimEnd().split("\n").at(-1) as string) };
}
