import { readFileSync, realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, relative, sep } from "node:path";
import { InvalidInputError, messages } from "../../core";
import type { ModelFile } from "../flavor";
import { importsOf, type ModuleImport } from "./module-imports";
import { scopeOf } from "./package-scope";
import { isFile, resolveRelative } from "./resolve-import";
import { emittedName, isDeclaration, isTypeScript, transpile } from "./transpile";

/** True for a file that Node runs, or would if it were compiled. */
export const isSource = (path: string): boolean => /\.[cm]?[jt]s$/.test(path) && !isDeclaration(path);

interface ReadFile {
  readonly bytes: Uint8Array;
  /** What it imports by relative paths, where that was looked at, and the file that is meant. */
  readonly imports: Map<ModuleImport, string>;
}

/** Reads files of code, and those that they import. */
export class CodeReader {
  readonly #read = new Map<string, ReadFile>();
  readonly #packages = new Set<string>();

  /** Every file that was read, by its real path. */
  get paths(): readonly string[] {
    return [...this.#read.keys()];
  }

  /** Packages that the followed files load. */
  get packages(): readonly string[] {
    return [...this.#packages].sort();
  }

  /** Takes a file by itself. */
  take(path: string): void {
    if (isDeclaration(path) || this.#read.has(path)) return;
    // What was compiled beside its source is kept, the source is not.
    if (isTypeScript(path) && isFile(emittedName(path))) return;
    const { bytes, imports } = this.#add(path);
    if (!isTypeScript(path)) return;
    for (const one of importsOf(path, bytes.toString())) {
      const target = isRelative(one) ? resolveRelative(path, one.specifier) : undefined;
      if (target !== undefined && !isDeclaration(target)) imports.set(one, target);
    }
  }

  /** Takes a file and all that it imports by relative paths; the packages that it loads are noted. */
  follow(path: string): void {
    if (isDeclaration(path) || this.#read.has(path)) return;
    const { bytes, imports } = this.#add(path);
    if (!isSource(path)) return;
    for (const one of importsOf(path, bytes.toString())) {
      const target = this.#targetOf(path, one);
      if (target === undefined || isDeclaration(target)) continue;
      imports.set(one, target);
      this.follow(target);
    }
  }

  /** @param place says where a file is kept. */
  files(place: (path: string) => string): readonly ModelFile[] {
    return [...this.#read].map(([path, { bytes, imports }]) => {
      if (!isTypeScript(path)) return { path: place(path), bytes };
      const renamed = new Map([...imports].map(([one, target]) => [one, pathBetween(path, emittedName(target))]));
      return { path: place(path), bytes: transpile({ path, text: bytes.toString(), scope: scopeOf(path), renamed }) };
    });
  }

  #add(path: string) {
    const read = { bytes: readFileSync(path), imports: new Map<ModuleImport, string>() };
    this.#read.set(path, read);
    return read;
  }

  /** The file that is meant; `undefined` for a package. */
  #targetOf(from: string, one: ModuleImport): string | undefined {
    const { specifier, loaded, tried } = one;
    if (isRelative(one)) {
      const target = resolveRelative(from, specifier);
      if (target !== undefined) return realpathSync(target);
      if (loaded && !tried) throw new InvalidInputError(messages.importNotFound(from, specifier));
      return undefined;
    }
    if (isBuiltin(specifier) || tried) return undefined;
    if (/^([#/]|[a-zA-Z]:|file:)/.test(specifier)) throw new InvalidInputError(messages.importBound(from, specifier));
    const name = /^(@[^/]+\/[^/]+|[^@/][^/]*)/.exec(specifier)?.[0];
    if (name !== undefined && !/^\w+:/.test(name)) this.#packages.add(name);
    return undefined;
  }
}

const isRelative = ({ specifier }: ModuleImport): boolean => /^\.\.?(\/|$)/.test(specifier);

/** How one file names another that moves with it. */
function pathBetween(from: string, to: string): string {
  const path = relative(dirname(from), to).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}
