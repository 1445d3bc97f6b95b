import { readFileSync, writeFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { InvalidInputError, messages, StoreError } from "../../core";
import { createInvoke, loadServedModel } from "../../server/scoring";
import type { Command } from "../command";
import { ENVIRONMENT, type EnvironmentOptions, environmentOf, MODEL_URI } from "./model-options";

interface Options extends EnvironmentOptions {
  readonly modelUri: string;
  readonly inputPath?: string;
  readonly outputPath?: string;
  readonly contentType: "json" | "csv";
}

/** `trackbook models predict` */
export const predict: Command<Options> = {
  options: [
    MODEL_URI,
    { flags: "-i, --input-path <file>", description: "what to predict for (default: stdin)" },
    { flags: "-o, --output-path <file>", description: "the predictions (default: stdout)" },
    { flags: "-t, --content-type <type>", description: "of the input", choices: ["json", "csv"], default: "json" },
    ...ENVIRONMENT,
  ],
  notes:
    'The input is a request as the server takes it: {"dataframe_split": {"columns": [...], "data": [[...]]}}, or CSV. The predictions are JSON: {"predictions": [...]}.',
  examples: ["models predict -m models:/wine@champion -i rows.csv -t csv"],
  async run(options, session) {
    const { modelUri, inputPath = "-", outputPath, contentType } = options;
    const invoke = createInvoke(await loadServedModel(modelUri, environmentOf(options, session)));
    const answer = await invoke(contentType, await readInput(inputPath));
    if (outputPath === undefined) session.print(answer);
    else writeOutput(outputPath, answer);
  },
};

async function readInput(path: string): Promise<Buffer> {
  if (path === "-") return buffer(process.stdin);
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new InvalidInputError(messages.unreadableInput(path, (cause as Error).message), { cause });
  }
}

function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new StoreError(messages.unwritableOutput(path, (cause as Error).message), { cause });
  }
}
