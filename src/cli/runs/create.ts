import { InvalidInputError, messages, TAGS, type TerminalStatus } from "../../core";
import { contextTags, TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findExperimentId, findRunId } from "../ids";

interface Options {
  readonly experimentId?: string;
  readonly experimentName?: string;
  readonly runName?: string;
  readonly description?: string;
  readonly tags?: readonly (readonly [string, string])[];
  readonly status: TerminalStatus;
  readonly parentRunId?: string;
}

/** `trackbook runs create` */
export const createRun: Command<Options> = {
  oneOf: ["experimentId", "experimentName"],
  options: [
    { flags: "-x, --experiment-id <id>", description: "where to create it", env: "MLFLOW_EXPERIMENT_ID" },
    { flags: "--experiment-name <name>", description: "the same; created when new", env: "MLFLOW_EXPERIMENT_NAME" },
    { flags: "--run-name <name>", description: "its name (default: a random one)" },
    { flags: "--description <text>", description: "what it is" },
    { flags: "-t, --tags <key=value>", description: "a tag", isRepeatable: true, parse: (text) => readPair(text) },
    {
      flags: "--status <status>",
      description: "how it ended",
      choices: ["FINISHED", "FAILED", "KILLED"],
      default: "FINISHED",
    },
    { flags: "--parent-run-id <id>", description: "the run that it belongs to" },
  ],
  notes: "Prints JSON: run_id, experiment_id, status, run_name.",
  examples: ["runs create --experiment-name iris --run-name by-hand -t who=me"],
  async run(options, session) {
    const client = new TrackingClient();
    const experimentId = await experimentOf(client, options);
    const { runName, status } = options;
    const run = await client.createRun(experimentId, { runName, tags: await tagsOf(client, options) });
    await client.setTerminated(run.info.runId, { status });
    const { runId, runName: name } = run.info;
    session.print(JSON.stringify({ run_id: runId, experiment_id: experimentId, status, run_name: name }, null, 2));
  },
};

/** A flag beats the environment's variable for the other one. */
async function experimentOf(client: TrackingClient, { experimentId, experimentName }: Options): Promise<string> {
  if (experimentName === undefined) return findExperimentId(client, experimentId ?? "");
  const found = await client.getExperimentByName(experimentName);
  if (found?.lifecycleStage === "deleted")
    throw new InvalidInputError(messages.experimentDeleted(experimentName, found.experimentId));
  return found?.experimentId ?? client.createExperiment(experimentName);
}

async function tagsOf(client: TrackingClient, options: Options): Promise<Record<string, string>> {
  const { tags = [], description, parentRunId } = options;
  const given = new Map(tags);
  if (given.size < tags.length) {
    const [twice = ""] = tags.find(([key], index) => tags.findIndex(([other]) => other === key) < index) ?? [];
    throw new InvalidInputError(messages.givenTwice(`The tag '${twice}'`, "one --tags", "another"));
  }
  if (description !== undefined) given.set(TAGS.note, description);
  if (parentRunId !== undefined) given.set(TAGS.parentRun, await findRunId(client, parentRunId));
  return Object.fromEntries([...contextTags(), ...given]);
}

function readPair(text: string): readonly [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidInputError(messages.badPair(text));
  return [key, value];
}
