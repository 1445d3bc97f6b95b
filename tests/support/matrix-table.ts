import type { NODE_MAJORS } from "../../scripts/parts/nodes";
import type { MatrixOutcomes } from "./matrix-outcome";
import { MATRIX_TRAININGS } from "./matrix-trainings";

type NodeMajor = (typeof NODE_MAJORS)[number];

/** What was found for one Node, loader and import order. */
export interface MatrixRow {
  readonly node: NodeMajor;
  readonly loader: string;
  readonly order: string;
  readonly outcomes: MatrixOutcomes;
}

const HEAD = `# Every import order, every loader

Whether \`autolog()\` sees a training does not depend on how trackbook and the library are imported. This table is made by
\`tests/integration/matrix/import-matrix.test.ts\`: each row is a process (or the cells of a tslab kernel) on each of its
Nodes, each cell a training in it.

*full*: one run with every hyperparameter, the metrics, the data set and the model. *partial*: the run and the model are
there, but arguments that the library does not keep are missing; they are named in the tag \`trackbook.autolog.partial\`,
and one warning says that \`node --import trackbook/register\` prevents it.
`;

/** The rows as a document, those that are alike on several Nodes as one. */
export function matrixDocument(rows: readonly MatrixRow[]): string {
  const columns = MATRIX_TRAININGS.map(({ name }) => name);
  const merged = new Map<string, NodeMajor[]>();
  for (const { node, loader, order, outcomes } of rows) {
    const text = [loader, order, ...columns.map((name) => outcomes[name] ?? "missing")].join(" | ");
    merged.set(text, [...(merged.get(text) ?? []), node]);
  }
  const lines = [...merged].map(([text, nodes]) => `| ${nodes.sort((a, b) => a - b).join(", ")} | ${text} |`);
  const titles = ["Node", "loader", "imports, in this order", ...columns.map((name) => name.replaceAll("|", "\\|"))];
  const rule = titles.map(() => "---");
  return `${HEAD}\n| ${titles.join(" | ")} |\n| ${rule.join(" | ")} |\n${lines.join("\n")}\n`;
}
