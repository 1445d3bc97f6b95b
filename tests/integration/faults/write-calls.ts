import { execFileSync } from "node:child_process";
import { join } from "node:path";
import ts from "typescript";
import { repositoryTexts } from "../../support/repository-files";

/** What the file store and its artifacts are made of. */
const WRITERS = /^src\/(?:stores\/file\/|artifacts\/local\/|core\/atomic-file\.ts$)/;
const FS = /^(?:node:)?fs(?:\/promises)?$/;
/** Of node:fs, what changes nothing on the disk. */
const READING: ReadonlySet<string> = new Set([
  ...["closeSync", "constants", "existsSync", "fstatSync", "readdirSync", "readFileSync", "readlinkSync", "readSync"],
  ...["lstatSync", "realpathSync", "statSync"],
]);

/** A call of Node's that writes, and the files of ours that have it. */
export type WriteCalls = ReadonlyMap<string, readonly string[]>;

/**
 * Every call of node:fs that the file store has and that can write. Whatever is not known to be harmless counts, and so does
 * any other way to the module than importing its functions by name.
 */
export function writeCalls(): WriteCalls {
  const found = new Map<string, string[]>();
  for (const [path, text] of repositoryTexts("src", (file) => WRITERS.test(file)))
    for (const name of importedFrom(path, text))
      if (!READING.has(name)) found.set(name, [...(found.get(name) ?? []), path]);
  return found;
}

function importedFrom(path: string, text: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && isFs(node.moduleSpecifier)) names.push(...namesOf(node, path));
    else if (ts.isStringLiteral(node) && FS.test(node.text) && !ts.isImportDeclaration(node.parent))
      names.push(`${node.getText()} in ${path}`);
    else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return names;
}

function namesOf({ importClause, moduleSpecifier }: ts.ImportDeclaration, path: string): readonly string[] {
  const bindings = importClause?.namedBindings;
  if (importClause?.isTypeOnly) return [];
  if (!bindings || !ts.isNamedImports(bindings) || !/fs['"]$/.test(moduleSpecifier.getText()))
    return [`${importClause?.getText()} from ${moduleSpecifier.getText()} in ${path}`];
  return bindings.elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ name, propertyName }) => (propertyName ?? name).text);
}

const isFs = (specifier: ts.Expression): boolean => ts.isStringLiteral(specifier) && FS.test(specifier.text);

/** The functions of node:fs that cut-writes.cjs has taken the place of. */
export function hookedCalls(): ReadonlySet<string> {
  const print = `
    const fs = require("node:fs");
    const before = { ...fs };
    require(${JSON.stringify(join(__dirname, "cut-writes.cjs"))});
    console.log(JSON.stringify(Object.keys(before).filter((name) => fs[name] !== before[name])));`;
  return new Set(JSON.parse(execFileSync(process.execPath, ["-e", print], { encoding: "utf8" })));
}
