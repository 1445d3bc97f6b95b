import { InvalidInputError, messages, type Tag, TAGS, validateKey, validateOptions, validateRecord } from "../../core";
import { entriesOf, toTag } from "../arguments";

/** How a run is opened. */
export interface StartRunOptions {
  /** Default: a random `adjective-animal-N`. */
  runName?: string;
  /** Goes on with an existing run. */
  runId?: string;
  experimentId?: string;
  /** Made when missing. */
  experimentName?: string;
  /** Makes a child of the active run. */
  nested?: boolean;
  parentRunId?: string;
  tags?: Record<string, unknown>;
  /** Kept as tag `mlflow.note.content`. */
  description?: string;
  /**
   * Samples CPU, memory, disk and network every 10 s into metrics `system/…`.
   * @default what MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING says
   */
  logSystemMetrics?: boolean;
}

const TEXTS = ["runName", "runId", "experimentId", "experimentName", "parentRunId", "description"] as const;
const FLAGS = ["nested", "logSystemMetrics"] as const;
/** @throws INVALID_PARAMETER_VALUE for an unknown option, a value of the wrong kind, and what contradicts itself */
export function validateStartOptions(options: StartRunOptions): void {
  validateOptions("startRun", options, [...TEXTS, ...FLAGS, "tags"]);
  for (const key of TEXTS) requireType(options, key, "string");
  for (const key of FLAGS) requireType(options, key, "boolean");
  const { tags = {}, description, runName, experimentId, experimentName } = options;
  validateRecord("tags of startRun", tags);
  for (const key of Object.keys(tags)) validateKey("tag", key);
  if (experimentId !== undefined && experimentName !== undefined)
    throw new InvalidInputError(messages.givenTwice("The experiment", "experimentId", "experimentName"));
  if (description !== undefined && TAGS.note in tags)
    throw new InvalidInputError(messages.givenTwice("The description", "description", `the tag ${TAGS.note}`));
  const named = tags[TAGS.runName];
  if (runName !== undefined && named !== undefined && named !== runName)
    throw new InvalidInputError(messages.runNameMismatch(runName, String(named)));
}

/** What the option says, else MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING. */
export const wantsSystemMetrics = ({ logSystemMetrics }: StartRunOptions): boolean =>
  logSystemMetrics ?? /^(true|1)$/i.test(process.env.MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING ?? "");

/** The tags that the options ask for. */
export function tagsOf({ tags = {}, description }: StartRunOptions): Tag[] {
  return entriesOf("The tags", { ...tags, ...(description !== undefined && { [TAGS.note]: description }) }, toTag);
}

function requireType(options: StartRunOptions, key: keyof StartRunOptions, type: "string" | "boolean"): void {
  const value = options[key];
  if (value === undefined || typeof value === type) return;
  const accepted = type === "string" ? "a string" : "true or false";
  throw new InvalidInputError(
    messages.wrongType(`${key} of startRun`, value, accepted, `leave ${key} out for its default.`),
  );
}
