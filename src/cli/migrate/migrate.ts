import { now } from "../../core";
import { shortPlace } from "../../tracking";
import { COUNTED, migrate, missingIn, type Tally } from "../../tracking/migration";
import { textStyle, textTable } from "../../view";
import type { Command } from "../command";
import type { Session } from "../session";
import { progressBar } from "./progress-bar";

interface Options {
  readonly source: string;
  readonly target: string;
  readonly artifactsDestination?: string;
  readonly json?: boolean;
}

/** `trackbook migrate` */
export const migrateStore: Command<Options> = {
  options: [
    { flags: "--source <uri>", description: "the store that everything is in", isRequired: true },
    { flags: "--target <uri>", description: "the store that it is carried to; what is there stays", isRequired: true },
    {
      flags: "--artifacts-destination <uri>",
      description: "where the source's server keeps artifacts",
      env: "MLFLOW_ARTIFACTS_DESTINATION",
    },
    { flags: "--json", description: "print the counts as JSON: source and target" },
  ],
  notes:
    "Runs, histories, artifacts, logged and registered models. Started again it goes on where it ended. Exits with 1 when the target has less.",
  examples: [
    "migrate --source ./mlruns --target sqlite:///mlflow.db",
    "migrate --source ./mlruns --target http://127.0.0.1:5000",
  ],
  async run({ source, target, artifactsDestination, json, quiet }, session) {
    const bar = progressBar("runs", quiet ? { isTTY: false, write: () => true } : process.stderr, now);
    const tally = await migrate({
      source,
      target,
      artifactsDestination,
      onProgress: bar.show,
      onWarning: (what) => {
        bar.end();
        session.warn(what);
      },
    }).finally(bar.end);
    session.print(json ? JSON.stringify(tally, null, 2) : tableOf(tally, session));
    const missing = missingIn(tally);
    if (missing.length === 0) return 0;
    session.warn(
      `Not all is in ${shortPlace(target)}: ${missing.join(", ")}. Once what is named above is mended, starting this command again completes it.`,
    );
    return 1;
  },
};

function tableOf(tally: Tally, { width, color }: Session): string {
  const columns = [
    { head: "", cells: COUNTED.map((counted) => ({ text: counted })) },
    ...(["source", "target"] as const).map((side) => ({
      head: side,
      align: "right" as const,
      cells: COUNTED.map((counted) => ({ text: String(tally[side][counted]) })),
    })),
  ];
  return textTable(columns, { width, style: textStyle(color) }).lines.join("\n");
}
