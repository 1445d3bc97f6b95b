import { TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findRunId } from "../ids";
import { ARTIFACT_PATH, RUN_OF_ARTIFACTS } from "../options";

interface Options {
  readonly localDir: string;
  readonly runId: string;
  readonly artifactPath?: string;
}

/** `trackbook artifacts log-artifacts` */
export const logArtifacts: Command<Options> = {
  options: [
    { flags: "-l, --local-dir <folder>", description: "the folder", isRequired: true },
    RUN_OF_ARTIFACTS,
    ARTIFACT_PATH,
  ],
  examples: ["artifacts log-artifacts -l ./plots -r 29e8a380 -a plots"],
  async run({ localDir, runId, artifactPath }, session) {
    const client = new TrackingClient();
    const id = await findRunId(client, runId);
    await client.logArtifacts(id, localDir, { artifactPath });
    session.say(`Logged what is in ${localDir} to run ${id}.`);
  },
};
