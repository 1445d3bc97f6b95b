import type { ts as TypeScript } from "ts-morph";
import { sparingRandom } from "../../core";

/** One module or file that a source names. */
export interface ModuleImport {
  /** As written: `./rows`, `node:fs`, `ml-matrix/src`. */
  readonly specifier: string;
  /** Where its text stands in the source, quotes excluded. */
  readonly start: number;
  readonly end: number;
  /** False where only its path is wanted. */
  readonly loaded: boolean;
  /** True inside of `try`: it may be missing. */
  readonly tried: boolean;
}

/** The TypeScript compiler, loaded by the first source that is read (about 0.4 s, once). */
export const loadTypeScript = (): typeof TypeScript =>
  sparingRandom(() => (require("ts-morph") as typeof import("ts-morph")).ts);

/**
 * Everything that a JavaScript or TypeScript source imports under a name that stands in it: `import`, `export … from`, `import()`, `require`,
 * `require.resolve` and `new URL("./file", import.meta.url)`. Imports of types are left out.
 */
export function importsOf(path: string, text: string): readonly ModuleImport[] {
  const ts = loadTypeScript();
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const found: ModuleImport[] = [];
  const visit = (node: TypeScript.Node, inTry: boolean): void => {
    const named = namedModule(ts, node);
    if (named) {
      const { literal, specifier = literal.text, loaded } = named;
      found.push({ specifier, start: literal.getStart(source) + 1, end: literal.end - 1, loaded, tried: inTry });
    }
    ts.forEachChild(node, (child) => visit(child, inTry || (ts.isTryStatement(node) && child === node.tryBlock)));
  };
  visit(source, false);
  return found;
}

interface NamedModule {
  readonly literal: TypeScript.StringLiteralLike;
  /** Where the literal means something else than it does in an import. */
  readonly specifier?: string;
  readonly loaded: boolean;
}

function namedModule(ts: typeof TypeScript, node: TypeScript.Node): NamedModule | undefined {
  const literalOf = (expression: TypeScript.Node | undefined, loaded = true) =>
    expression && ts.isStringLiteralLike(expression) ? { literal: expression, loaded } : undefined;

  if (ts.isImportDeclaration(node)) return isTypeImport(ts, node) ? undefined : literalOf(node.moduleSpecifier);
  if (ts.isExportDeclaration(node)) return node.isTypeOnly ? undefined : literalOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literalOf(node.expression);
  if (ts.isNewExpression(node)) {
    const [file, base] = node.arguments ?? [];
    const relative = ts.isIdentifier(node.expression) && node.expression.text === "URL" && isImportMetaUrl(ts, base);
    const named = relative ? literalOf(file, false) : undefined;
    // Here even a bare name is that of a file.
    return named && { ...named, specifier: named.literal.text.replace(/^(?![./]|\w+:)/, "./") };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const { expression: callee, arguments: args } = node;
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return literalOf(args[0]);
  if (ts.isIdentifier(callee) && callee.text === "require") return literalOf(args[0]);
  if (ts.isCallExpression(callee) && nameOf(ts, callee.expression) === "createRequire") return literalOf(args[0]);
  const resolves = ts.isPropertyAccessExpression(callee) && callee.name.text === "resolve";
  return resolves && nameOf(ts, callee.expression) === "require" ? literalOf(args[0], false) : undefined;
}

/** True where nothing but types is imported: nothing is loaded then. */
function isTypeImport(ts: typeof TypeScript, { importClause }: TypeScript.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

const nameOf = (ts: typeof TypeScript, node: TypeScript.Node): string | undefined => {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
};

const isImportMetaUrl = (ts: typeof TypeScript, node: TypeScript.Node | undefined): boolean =>
  node !== undefined &&
  ts.isPropertyAccessExpression(node) &&
  node.name.text === "url" &&
  ts.isMetaProperty(node.expression);
