import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";

test("everything that users can import says what it is, where it is declared", () => {
  const entries = ["src/index.ts", "src/notebook/index.ts"].map((path) => join(REPOSITORY, path));
  const options = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
  };
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const exported = entries.flatMap((entry) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry) as ts.SourceFile);
    return module ? checker.getExportsOfModule(module) : [];
  });
  const declared = exported.map((symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  );
  expect(declared.length).toBeGreaterThan(50);
  const silent = declared.filter(
    (symbol) => symbol.getDocumentationComment(checker).length + symbol.getJsDocTags(checker).length === 0,
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});
