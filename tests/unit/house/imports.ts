import { posix } from "node:path";
import ts from "typescript";
import type { FileTexts } from "../../support/repository-files";

/** One import, export-from, `import()` or `require()` of a relative path, resolved to a file of the house. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** True when it vanishes in the built JavaScript. */
  readonly typeOnly: boolean;
}

/** Every relative import among `files`; one that leads to none of them is left out (the type checker reports it). */
export function readImports(files: FileTexts): readonly Import[] {
  return [...files].flatMap(([from, text]) =>
    readSpecifiers(from, text).flatMap(({ specifier, typeOnly }) => {
      const to = specifier.startsWith(".") ? resolve(files, from, specifier) : undefined;
      return to ? [{ from, to, typeOnly }] : [];
    }),
  );
}

function resolve(files: FileTexts, from: string, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(from), specifier).replace(/\/$/, "");
  return [`${path}.ts`, `${path}/index.ts`, path].find((candidate) => files.has(candidate));
}

interface Specifier {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function readSpecifiers(path: string, text: string): readonly Specifier[] {
  const found: Specifier[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = readSpecifier(node);
    if (specifier) found.push(specifier);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}

function readSpecifier(node: ts.Node): Specifier | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
    return { specifier: textOf(node.moduleSpecifier), typeOnly: isTypeOnly(node) };
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
    return { specifier: textOf(node.moduleReference.expression), typeOnly: node.isTypeOnly };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { specifier: textOf(node.argument.literal), typeOnly: true };
  if (ts.isCallExpression(node) && loadsModule(node.expression) && node.arguments[0])
    return { specifier: textOf(node.arguments[0]), typeOnly: false };
  return undefined;
}

function loadsModule(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly || areTypes(node.exportClause);
  const clause = node.importClause;
  return clause !== undefined && (clause.isTypeOnly || (!clause.name && areTypes(clause.namedBindings)));
}

/** True for `{ type A, type B }`. */
function areTypes(clause: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (!clause || !(ts.isNamedImports(clause) || ts.isNamedExports(clause))) return false;
  const elements: readonly { readonly isTypeOnly: boolean }[] = clause.elements;
  return elements.every((element) => element.isTypeOnly);
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : "";
}
