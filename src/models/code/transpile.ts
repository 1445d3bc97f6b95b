import type { PackageScope } from "./package-scope";
import { loadTypeScript, type ModuleImport } from "./module-imports";

/** True for a file that only declares types. */
export const isDeclaration = (path: string): boolean => /\.d\.[cm]?ts$/.test(path);

/** True for a TypeScript source. */
export const isTypeScript = (path: string): boolean => /\.[cm]?ts$/.test(path) && !isDeclaration(path);

/** The JavaScript file that a TypeScript source becomes. */
export const emittedName = (path: string): string => (isTypeScript(path) ? path.replace(/ts$/, "js") : path);

/** A TypeScript source and what it takes to compile it by itself. */
export interface TypeScriptSource {
  readonly path: string;
  readonly text: string;
  readonly scope: PackageScope;
  /** What relative imports are called in the emitted file. */
  readonly renamed: ReadonlyMap<ModuleImport, string>;
}

/** The JavaScript of one TypeScript source, as Node 20 runs it. Types are not checked. */
export function transpile({ path, text, scope, renamed }: TypeScriptSource): string {
  const ts = loadTypeScript();
  const isModule = path.endsWith(".mts") || (path.endsWith(".ts") && scope.type === "module");
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: isModule ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
    esModuleInterop: true,
    // As ts-node, tsx and tslab have it.
    experimentalDecorators: true,
  };
  return ts.transpileModule(rename(text, renamed), { fileName: path, compilerOptions }).outputText;
}

/** From the last to the first, so that positions stay true. */
function rename(text: string, renamed: TypeScriptSource["renamed"]): string {
  const edits = [...renamed].sort(([a], [b]) => b.start - a.start);
  return edits.reduce((edited, [{ start, end }, name]) => edited.slice(0, start) + name + edited.slice(end), text);
}
