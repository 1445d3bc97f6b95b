import { cpSync, existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { globalSlot } from "../../../core";
import { makeFolder } from "../../../core/disk";
import { COPIES } from "../copied-package";
import { LOCK, MANIFEST } from "../lock-file";
import { environmentName, environmentsFolder, readPinnedFiles } from "./environment-folder";

/** Options of {@link isolatedEnvironment}. */
export interface IsolatedEnvironmentOptions {
  /** Called when the packages are not there yet: installing them takes seconds. */
  readonly onInstall?: (folder: string) => void;
}

/** What this process is installing, by folder. */
const installing = globalSlot("environments-installing", () => new Map<string, Promise<string>>());

/** Unfinished folders of processes that died are removed after so long. */
const STALE = 60 * 60 * 1000;
const UNFINISHED = ".installing-";

/**
 * The folder in whose `node_modules` is what a model needs, exactly as its lock file says and nothing else; made by `npm ci` in the user's cache when it is first
 * needed there. Models that need the same share a folder. Whoever asks at once, in this process or others, gets a whole one.
 *
 * @throws InvalidInputError when the model's folder does not say what it needs
 * @throws TrackbookError when npm is missing, or fails
 */
export async function isolatedEnvironment(
  modelFolder: string,
  { onInstall }: IsolatedEnvironmentOptions = {},
): Promise<string> {
  const files = readPinnedFiles(modelFolder);
  const target = join(environmentsFolder(), environmentName(files));
  if (isWhole(target)) return target;
  const underWay = installing.get(target);
  if (underWay) return underWay;
  onInstall?.(target);
  const installed = install(modelFolder, target).finally(() => installing.delete(target));
  installing.set(target, installed);
  return installed;

  async function install(source: string, folder: string): Promise<string> {
    const temporary = await newFolderBeside(folder);
    try {
      await writeFile(join(temporary, MANIFEST), files[MANIFEST]);
      await writeFile(join(temporary, LOCK), files[LOCK]);
      const copies = join(resolve(source), COPIES);
      if (existsSync(copies)) cpSync(copies, join(temporary, COPIES), { recursive: true });
      await requireNpm().npmCi(temporary);
      await markWhole(temporary);
      await putInPlace(temporary, folder);
      return folder;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
}

/** Loaded when something is to be installed. */
const requireNpm = () => require("./npm-ci") as typeof import("./npm-ci");

/** npm writes this file when it has done everything else. */
const RECORD = join("node_modules", ".package-lock.json");

const isWhole = (folder: string): boolean => existsSync(join(folder, RECORD));

/** Where nothing is needed npm writes nothing. */
async function markWhole(folder: string): Promise<void> {
  if (isWhole(folder)) return;
  makeFolder(join(folder, "node_modules"));
  await writeFile(join(folder, RECORD), "{}");
}

async function newFolderBeside(folder: string): Promise<string> {
  const parent = environmentsFolder();
  makeFolder(parent);
  await removeStale(parent);
  return mkdtemp(`${folder}${UNFINISHED}`);
}

/** A folder appears under its name when it is whole; the first of several processes puts it there. */
async function putInPlace(temporary: string, folder: string): Promise<void> {
  // What a cleaner of caches has left of an earlier one.
  if (existsSync(folder) && !isWhole(folder)) await rename(folder, `${temporary}-old`);
  await rename(temporary, folder).catch((error: unknown) => {
    if (!isWhole(folder)) throw error;
  });
  await rm(`${temporary}-old`, { recursive: true, force: true });
}

async function removeStale(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.includes(UNFINISHED)) continue;
    const path = join(parent, name);
    const age =
      Date.now() -
      (await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      ));
    // Somebody else may be removing it too.
    if (age > STALE) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
