import type { FileInfo } from "../../core";
import { TrackingClient } from "../../tracking";
import { formatBytes, textStyle, textTable } from "../../view";
import type { Command, ListingOptions } from "../command";
import { findRunId } from "../ids";
import { type Listing, printListing } from "../listing";
import { ARTIFACT_PATH, RUN_OF_ARTIFACTS } from "../options";
import type { Session } from "../session";
import { fileJson } from "../wire-forms";

interface Options extends ListingOptions {
  readonly runId: string;
  readonly artifactPath?: string;
}

/** `trackbook artifacts list` */
export const listArtifacts: Command<Options> = {
  isListing: true,
  options: [RUN_OF_ARTIFACTS, ARTIFACT_PATH],
  notes: "JSON: what `mlflow artifacts list` prints. Piped: tab-separated lines.",
  examples: ["artifacts list -r 29e8a380", "artifacts list -r 29e8a380 -a model --json"],
  async run(options, session) {
    const client = new TrackingClient();
    const path = options.artifactPath;
    const files = await client.listArtifacts(await findRunId(client, options.runId), { path });
    printListing(listing(files, session), options, session);
  },
};

function listing(rows: readonly FileInfo[], { width, color }: Session): Listing<FileInfo> {
  return {
    rows,
    columns: [
      { head: "path", value: ({ path }) => path },
      { head: "is_dir", value: ({ isDir }) => String(isDir) },
      { head: "file_size", value: ({ fileSize }) => fileSize },
    ],
    json: fileJson,
    human: () => {
      if (rows.length === 0) return "No files.";
      const columns = [
        { head: "file", maxWidth: 100, cells: rows.map(({ path, isDir }) => ({ text: isDir ? `${path}/` : path })) },
        {
          head: "size",
          align: "right" as const,
          cells: rows.map(({ fileSize }) => ({ text: fileSize === undefined ? "" : formatBytes(fileSize) })),
        },
      ];
      return textTable(columns, { width, style: textStyle(color) }).lines.join("\n");
    },
  };
}
