import { join } from "node:path";
import ts from "@tslab/typescript-for-tslab";

/** tslab's own settings for a cell (its converter.js); no tsconfig.json is read. */
const CELL_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  esModuleInterop: true,
  declaration: true,
  skipLibCheck: true,
  noEmitOnError: false,
};

/** What TypeScript as tslab uses it says of `source` as a cell of a notebook in `folder`: one line per error. */
export function checkCell(folder: string, source: string): readonly string[] {
  const { program, cell } = cellProgram(folder, source);
  return [...ts.getPreEmitDiagnostics(program, cell), ...program.getDeclarationDiagnostics(cell)]
    .map((diagnostic) => `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`)
    .filter((line, index, lines) => lines.indexOf(line) === index);
}

/**
 * A cell that calls every function that `module` exports, constructs every class, and calls every method of what came
 * back, each result assigned to a `const`: as a user's cells do between them.
 */
export function cellThatCallsEverything(folder: string, module: string): string {
  const lines = [`import * as library from "${module}";`, "declare const anything: any;"];
  const exported = callsOn(folder, lines, "library", "result");
  const methods = exported.flatMap(({ name }) => callsOn(folder, [...lines, ...exported.map(declare)], name, name));
  return [...lines, ...exported.map(declare), ...methods.map(declare)].join("\n");
}

interface NamedCall {
  readonly name: string;
  readonly expression: string;
}

/** tslab exports what a cell declares, so that later cells see it: its type must have a name they can use. */
function declare({ name, expression }: NamedCall): string {
  return `export const ${name} = ${expression};`;
}

/** One call for each signature of each function or class that `receiver`, declared by `lines`, has of ours. */
function callsOn(folder: string, lines: readonly string[], receiver: string, prefix: string): readonly NamedCall[] {
  const probe = [...lines, `const probe = ${receiver};`].join("\n");
  const { program, cell } = cellProgram(folder, probe);
  const checker = program.getTypeChecker();
  const declaration = cell.statements.at(-1) as ts.VariableStatement;
  const at = declaration.declarationList.declarations[0] as ts.VariableDeclaration;

  return checker.getPropertiesOfType(checker.getTypeAtLocation(at)).flatMap((property) => {
    if (!isOurs(property)) return [];
    const type = checker.getTypeOfSymbolAtLocation(property, at);
    const callee = `${receiver}.${property.name}`;
    const call = (signature: ts.Signature) => `${callee}(${signature.parameters.map(() => "anything").join(", ")})`;
    const results = [
      ...type.getCallSignatures().map((signature) => `await ${call(signature)}`),
      ...type.getConstructSignatures().map((signature) => `new ${call(signature)}`),
    ];
    return results.map((expression, index) => ({ name: `${prefix}_${property.name}_${index}`, expression }));
  });
}

/** Members of arrays, promises and the like are declared by TypeScript's own library and need no check. */
function isOurs(property: ts.Symbol): boolean {
  const file = property.declarations?.[0]?.getSourceFile().fileName ?? "";
  const named = /^[A-Za-z_$][\w$]*$/.test(property.name);
  const hidden = property.declarations?.some(
    (node) => ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
  );
  return named && !hidden && !/\/(typescript-for-tslab|@types)\//.test(file);
}

function cellProgram(folder: string, source: string): { program: ts.Program; cell: ts.SourceFile } {
  const path = join(folder, "cell.ts");
  const host = ts.createCompilerHost(CELL_OPTIONS);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => folder;
  host.fileExists = (file) => file === path || ts.sys.fileExists(file);
  host.readFile = (file) => (file === path ? source : readFile(file));
  host.getSourceFile = (file, ...rest) =>
    file === path ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true) : getSourceFile(file, ...rest);

  const program = ts.createProgram([path], CELL_OPTIONS, host);
  const cell = program.getSourceFile(path);
  if (!cell) throw new Error("the cell is not in its own program");
  return { program, cell };
}
