import { openAnyArtifacts } from "../../artifacts";
import { getTrackingUri, TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findRunId } from "../ids";

interface Options {
  readonly runId?: string;
  readonly artifactPath?: string;
  readonly artifactUri?: string;
  readonly dstPath?: string;
}

/** `trackbook artifacts download` */
export const downloadArtifacts: Command<Options> = {
  oneOf: ["runId", "artifactUri"],
  atMostOneOf: ["artifactPath", "artifactUri"],
  options: [
    { flags: "-r, --run-id <id>", description: "the run's id, or the beginning of it" },
    { flags: "-a, --artifact-path <path>", description: "a file or folder of the run (default: all)" },
    { flags: "-u, --artifact-uri <uri>", description: "a file or folder by itself, in place of the run" },
    { flags: "-d, --dst-path <folder>", description: "where to (default: local files stay where they are)" },
  ],
  notes: "Prints the local path.",
  examples: ["artifacts download -r 29e8a380 -a model -d ./fetched"],
  async run({ runId, artifactPath = "", artifactUri, dstPath }, session) {
    session.print(
      artifactUri === undefined
        ? await downloadFromRun(runId ?? "", artifactPath, dstPath)
        : await downloadUri(artifactUri, dstPath),
    );
  },
};

async function downloadFromRun(runId: string, path: string, dstPath?: string): Promise<string> {
  const client = new TrackingClient();
  return client.downloadArtifacts(await findRunId(client, runId), path, { dstPath });
}

async function downloadUri(uri: string, dstPath?: string): Promise<string> {
  const [, root = ".", name = ""] = /^(.*?)[\\/]?([^\\/]*)[\\/]?$/s.exec(uri) ?? [];
  const artifacts = openAnyArtifacts(root === "" ? "/" : root, { trackingUri: getTrackingUri() });
  return artifacts.download(name, dstPath);
}
