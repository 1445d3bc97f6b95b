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
  const imports = [`import * as library from "${module}";`, "declare const anything: any;"];
  const calls = callsOn(folder, imports, ["library"]);
  const results = [...imports, ...calls.map(([name, call]) => assignment(name, call))];
  const methodCalls = callsOn(
    folder,
    results,
    calls.map(([name]) => name),
  );
  return [...results, ...methodCalls.map(([name, call]) => assignment(name, call))].join("\n");
}

/** tslab exports what a cell declares, so that later cells see it: its type must have a name they can use. */
function assignment(name: string, expression: string): string {
  return `export const ${name} = ${expression};`;
}

/** A name and one call for each signature of each function or class of ours that the `receivers`, declared by `lines`, hold. */
function callsOn(folder: string, lines: readonly string[], receivers: readonly string[]): [string, string][] {
  const probes = receivers.map((receiver, index) => `const probe_${index} = ${receiver};`);
  const { program, cell } = cellProgram(folder, [...lines, ...probes].join("\n"));
  const checker = program.getTypeChecker();

  return receivers.flatMap((receiver, index) => {
    const probe = cell.statements[cell.statements.length - receivers.length + index] as ts.VariableStatement;
    const at = probe.declarationList.declarations[0] as ts.VariableDeclaration;
    const members = checker.getPropertiesOfType(checker.getTypeAtLocation(at)).filter(isOurs);
    return members.flatMap((member) => {
      const type = checker.getTypeOfSymbolAtLocation(member, at);
      const call = ({ parameters }: ts.Signature) =>
        `${receiver}.${member.name}(${parameters.map(() => "anything").join(", ")})`;
      const results = [
        ...type.getCallSignatures().map((signature) => `await ${call(signature)}`),
        ...type.getConstructSignatures().map((signature) => `new ${call(signature)}`),
      ];
      return results.map((result, nth): [string, string] => [`${receiver}_${member.name}_${nth}`, result]);
    });
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
