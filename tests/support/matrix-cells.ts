import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CellResult, type KernelOptions, startKernel } from "./kernel";
import { createInstalledFolder, LIBRARIES } from "./installed-folder";
import { judge, type MatrixOutcomes } from "./matrix-outcome";
import { AUTOLOG_CALL, imports, namesByPackage, TRACKBOOK_NAMES, trainAll } from "./matrix-programs";

/** A notebook: cells that prepare, and cells that train everything, by what they show. */
export interface MatrixNotebook {
  readonly cells: readonly (string | { readonly title: string; readonly code: string })[];
}

const TRACKBOOK = `${imports.names(TRACKBOOK_NAMES, "trackbook")}\n${AUTOLOG_CALL}`;

const packages = namesByPackage();
const names = packages.flatMap(([, used]) => used);
const NAMED = packages.map(([name, used]) => imports.names(used.join(", "), name)).join("\n");
const STAR = packages.map(([name], index) => imports.whole(`library${index}`, name)).join("\n");
/** The others are compiled ES modules, which have no default. */
const DEFAULT = `import regression from "ml-regression";`;
const ALIASES = `const aliases = 1;\n${names.map((name) => `const alias_${name} = ${name};`).join("\n")}`;

const fromStar = packages.map(([, used], index) => `const { ${used.join(", ")} } = library${index};`).join(" ");
const fromDefault = fromStar.replace("library0", "regression");
const fromAliases = names.map((name) => `const ${name} = alias_${name};`).join(" ");

/** How a notebook's cells may import trackbook and the libraries. */
export const MATRIX_NOTEBOOKS: readonly MatrixNotebook[] = [
  {
    cells: [
      TRACKBOOK,
      NAMED,
      { title: "autolog() in an earlier cell, library's names later", code: trainAll() },
      STAR,
      { title: "autolog() in an earlier cell, library whole later", code: trainAll(fromStar) },
    ],
  },
  {
    cells: [
      { title: "one cell: library, trackbook, autolog(), training", code: `${NAMED}\n${TRACKBOOK}\n${trainAll()}` },
      { title: "one cell: library, trackbook, autolog(); training in the next", code: trainAll() },
    ],
  },
  {
    cells: [
      NAMED,
      STAR,
      DEFAULT,
      ALIASES,
      TRACKBOOK,
      { title: "library's names in an earlier cell", code: trainAll() },
      { title: "library whole in an earlier cell", code: trainAll(fromStar) },
      { title: "library's default in an earlier cell", code: trainAll(fromDefault) },
      { title: "copies of the library's names in an earlier cell", code: trainAll(fromAliases) },
    ],
  },
];

/** Runs a notebook's cells in a new kernel; what each cell that trains has left, by its title. */
export async function runMatrixNotebook(
  { cells }: MatrixNotebook,
  kernelOptions: Omit<KernelOptions, "folder" | "env">,
): Promise<readonly (readonly [string, MatrixOutcomes])[]> {
  const store = mkdtempSync(join(tmpdir(), "trackbook-store-"));
  const kernel = await startKernel({
    ...kernelOptions,
    folder: createInstalledFolder(...LIBRARIES),
    env: { MLFLOW_TRACKING_URI: store, TRACKBOOK_TESTING: "1", TRACKBOOK_DISPLAY: "none" },
  });
  const results: CellResult[] = [];
  const titles: string[] = [];
  const printed: string[] = [];
  try {
    for (const cell of cells) {
      const result = await kernel.run(typeof cell === "string" ? cell : cell.code);
      if (result.status !== "ok") throw new Error(textOf([result], "stderr"));
      results.push(result);
      if (typeof cell === "string") continue;
      titles.push(cell.title);
      printed.push(textOf([result], "stdout").trimEnd().split("\n").at(-1) ?? "");
    }
    const outcomes = judge(store, printed, textOf(results, "stderr"));
    return titles.map((title, index) => [title, outcomes[index] as MatrixOutcomes]);
  } finally {
    await kernel.shutdown();
    rmSync(store, { recursive: true, force: true });
  }
}

function textOf(results: readonly CellResult[], stream: "stdout" | "stderr"): string {
  const outputs = results.flatMap((result) => result.outputs).filter(({ name }) => name === stream);
  return outputs.map(({ text }) => text ?? "").join("");
}
