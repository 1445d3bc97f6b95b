import { TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findRunId } from "../ids";
import { ARTIFACT_PATH, RUN_OF_ARTIFACTS } from "../options";

interface Options {
  readonly localFile: string;
  readonly runId: string;
  readonly artifactPath?: string;
}

/** `trackbook artifacts log-artifact` */
export const logArtifact: Command<Options> = {
  options: [
    { flags: "-l, --local-file <file>", description: "the file", isRequired: true },
    RUN_OF_ARTIFACTS,
    ARTIFACT_PATH,
  ],
  examples: ["artifacts log-artifact -l notes.md -r 29e8a380 -a docs"],
  async run({ localFile, runId, artifactPath }, session) {
    const client = new TrackingClient();
    const id = await findRunId(client, runId);
    await client.logArtifact(id, localFile, { artifactPath });
    session.say(`Logged ${localFile} to run ${id}.`);
  },
};
