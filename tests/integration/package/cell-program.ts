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

/** The ways in which users' programs find a package's types: tslab's for a cell, and those of an ES module on Node and of a bundled program. */
const RESOLUTIONS = {
  tslab: CELL_OPTIONS,
  node16: { ...CELL_OPTIONS, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { ...CELL_OPTIONS, moduleResolution: ts.ModuleResolutionKind.Bundler },
} as const satisfies Record<string, ts.CompilerOptions>;

export type Resolution = keyof typeof RESOLUTIONS;

/** What TypeScript as tslab uses it says of `source` as a cell of a notebook, or a program's module, in `folder`: one line per error. */
export function checkCell(folder: string, source: string, resolution: Resolution = "tslab"): readonly string[] {
  const { program, cell } = cellProgram(folder, source, resolution);
  return [...ts.getPreEmitDiagnostics(program, cell), ...program.getDeclarationDiagnostics(cell)]
    .map((diagnostic) => `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`)
    .filter((line, index, lines) => lines.indexOf(line) === index);
}

/**
 * A cell that gives every function that `module` exports another name, calls it, constructs every class, and does the same with every member of what came
 * back, and with what its properties hold, each result assigned to a `const`: as a user's cells do between them.
 */
export function cellThatCallsEverything(folder: string, module: string): string {
  const lines = [`import * as library from "${module}";`, "declare const anything: any;"];
  let receivers: readonly string[] = ["library"];
  for (let depth = 0; depth < 3; depth++) {
    const found = usesOf(folder, lines, receivers);
    lines.push(...found.map(({ name, expression }) => assignment(name, expression)));
    receivers = found.filter(({ isLeaf }) => !isLeaf).map(({ name }) => name);
  }
  return lines.join("\n");
}

/** tslab exports what a cell declares, so that later cells see it: its type must have a name they can use. */
function assignment(name: string, expression: string): string {
  return `export const ${name} = ${expression};`;
}

/** One way to use a member of something. */
interface Use {
  readonly name: string;
  readonly expression: string;
  /** Its members are not looked at: a function, or what a method of a result gave. */
  readonly isLeaf: boolean;
}

/** Of each member of ours of the `receivers`, declared by `lines`: the member itself, and one call for each signature of it. */
function usesOf(folder: string, lines: readonly string[], receivers: readonly string[]): Use[] {
  const probes = receivers.map((receiver, index) => `const probe_${index} = ${receiver};`);
  const { program, cell } = cellProgram(folder, [...lines, ...probes].join("\n"), "tslab");
  const checker = program.getTypeChecker();

  return receivers.flatMap((receiver, index) => {
    const probe = cell.statements[cell.statements.length - receivers.length + index] as ts.VariableStatement;
    const at = probe.declarationList.declarations[0] as ts.VariableDeclaration;
    const members = checker.getPropertiesOfType(checker.getTypeAtLocation(at)).filter(isOurs);
    return members.flatMap((member): Use[] => {
      const type = checker.getTypeOfSymbolAtLocation(member, at);
      const call = ({ parameters }: ts.Signature) =>
        `${receiver}.${member.name}(${parameters.map(() => "anything").join(", ")})`;
      const results = [
        ...type.getCallSignatures().map((signature) => `await ${call(signature)}`),
        ...type.getConstructSignatures().map((signature) => `new ${call(signature)}`),
      ];
      const itself = { name: `${receiver}_${member.name}`, expression: `${receiver}.${member.name}` };
      return [
        { ...itself, isLeaf: results.length > 0 },
        ...results.map((expression, nth) => ({
          name: `${itself.name}_${nth}`,
          expression,
          isLeaf: receiver !== "library",
        })),
      ];
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

function cellProgram(
  folder: string,
  source: string,
  resolution: Resolution,
): { program: ts.Program; cell: ts.SourceFile } {
  const options = RESOLUTIONS[resolution];
  const path = join(folder, resolution === "node16" ? "cell.mts" : "cell.ts");
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => folder;
  host.fileExists = (file) => file === path || ts.sys.fileExists(file);
  host.readFile = (file) => (file === path ? source : readFile(file));
  host.getSourceFile = (file, target, ...rest) =>
    file === path ? ts.createSourceFile(file, source, target, true) : getSourceFile(file, target, ...rest);

  const program = ts.createProgram([path], options, host);
  const cell = program.getSourceFile(path);
  if (!cell) throw new Error("the cell is not in its own program");
  return { program, cell };
}
