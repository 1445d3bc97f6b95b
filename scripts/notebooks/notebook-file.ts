import { readFileSync, writeFileSync } from "node:fs";

/** A Jupyter notebook, format 4.5, as far as ours use it: https://nbformat.readthedocs.io/en/latest/format_description.html */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

export interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly id: string;
  readonly metadata: object;
  readonly source: Multiline;
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

/** An output; a stream has `name` and `text`, what was displayed has `data` by MIME type. */
export interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  readonly name?: "stdout" | "stderr";
  readonly text?: Multiline;
  readonly data?: Readonly<Record<string, Multiline>>;
  readonly metadata?: object;
}

/** A text, or its lines with their ends. */
export type Multiline = string | readonly string[];

export const textOf = (text: Multiline = ""): string => (typeof text === "string" ? text : text.join(""));

export function readNotebook(file: string): Notebook {
  return JSON.parse(readFileSync(file, "utf8")) as Notebook;
}

/** The notebook as it is before it was ever executed. */
export function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell,
  );
  return { ...notebook, cells };
}

/** Writes a notebook with all that is needed to open it, and nothing that tells when and where it was executed. */
export function writeNotebook(file: string, { cells }: Notebook): void {
  const notebook: Notebook = {
    cells: cells.map((cell) => ({ ...cell, metadata: {} })),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
}
