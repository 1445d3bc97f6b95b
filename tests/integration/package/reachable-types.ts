import { dirname, join } from "node:path";
import ts from "typescript";

/**
 * The types that can be reached from what a package's declaration files (the first lies in its root) export, but that none of them gives a name to import:
 * one `name (where it is mentioned)` each. What a class inherits, and a type of which only a member is mentioned, needs no name.
 */
export function unnamedTypes(declarations: readonly [string, ...string[]]): readonly string[] {
  const options = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
  };
  const program = ts.createProgram(declarations, options);
  const checker = program.getTypeChecker();
  const original = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = declarations.flatMap((file) => {
    const entry = checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile);
    return entry ? checker.getExportsOfModule(entry).map(original) : [];
  });
  const root = join(dirname(declarations[0]), "/");
  const named: ReadonlySet<ts.Symbol> = new Set(exported);
  const seen = new Set(exported);
  const unnamed: string[] = [];

  const visit = (node: ts.Node, owner: string): void => {
    if (ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => HIDDEN.has(kind))) return;
    // Nobody calls the constructor of a class that is only inherited from.
    if (
      ts.isConstructorDeclaration(node) &&
      !named.has(checker.getSymbolAtLocation(node.parent.name as ts.Node) as ts.Symbol)
    )
      return;
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      if (symbol) note(original(symbol), owner, isLookedInto(node));
    }
    ts.forEachChild(node, (child) => visit(child, owner));
  };
  const note = (symbol: ts.Symbol, owner: string, needsNoName: boolean): void => {
    if (seen.has(symbol) || !(symbol.flags & TYPES)) return;
    const own = symbol.declarations?.filter((node) => node.getSourceFile().fileName.startsWith(root)) ?? [];
    if (own.length === 0) return;
    seen.add(symbol);
    if (!needsNoName) unnamed.push(`${symbol.name} (${owner})`);
    for (const declaration of own) visit(declaration, symbol.name);
  };

  for (const symbol of named) for (const declaration of symbol.declarations ?? []) visit(declaration, symbol.name);
  return unnamed;
}

const HIDDEN: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword]);
const TYPES = ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class | ts.SymbolFlags.Enum;

/** In `extends Base`, or in `Base["member"]`. */
const isLookedInto = ({ parent }: ts.Node): boolean =>
  ts.isExpressionWithTypeArguments(parent) ||
  (ts.isIndexedAccessTypeNode(parent.parent) && parent.parent.objectType === parent);
