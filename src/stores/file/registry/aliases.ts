import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode, replaceFile } from "../../../core";
import { readTexts, setOwn } from "../files";
import { corrupt } from "../meta-file";
import { skipCorrupt } from "../skip-corrupt";
import { ALIASES_FOLDER } from "./registry-layout";

/** The aliases of the registered model in a folder, without those that cannot be read. */
export function readAliases(folder: string): Record<string, number> {
  const aliases: Record<string, number> = {};
  for (const [alias, text] of Object.entries(readTexts(join(folder, ALIASES_FOLDER)))) {
    const version = skipCorrupt(`the alias ${alias}`, () => parseAlias(folder, alias, text));
    if (version !== undefined) setOwn(aliases, alias, version);
  }
  return aliases;
}

function parseAlias(folder: string, alias: string, text: string): number {
  if (!/^\s*\d{1,15}\s*$/.test(text)) throw corrupt(join(folder, ALIASES_FOLDER, alias), "it holds no version number");
  return Number(text);
}

/** Those of the aliases that name a version. */
export const aliasesOf = (aliases: Readonly<Record<string, number>>, version: number): string[] =>
  Object.keys(aliases)
    .filter((alias) => aliases[alias] === version)
    .sort();

/** Lets an alias name a version; readers see the old one or the new one. */
export function writeAlias(folder: string, alias: string, version: number): void {
  const aliases = join(folder, ALIASES_FOLDER);
  const write = () => replaceFile(join(aliases, alias), String(version), folder);
  try {
    write();
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw cause;
    // Not recursive: a registered model that has been removed meanwhile is not begun anew.
    mkdirSync(aliases);
    write();
  }
}

/** Removes an alias, if it is there. */
export function removeAlias(folder: string, alias: string): void {
  rmSync(join(folder, ALIASES_FOLDER, alias), { force: true });
}
