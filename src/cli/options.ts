import { InvalidInputError, messages, type ViewType } from "../core";
import type { CommandOption } from "./command";

/** What every command takes. */
export const COMMON_OPTIONS: readonly CommandOption[] = [
  { flags: "--tracking-uri <uri>", description: "default: MLFLOW_TRACKING_URI, else ./mlruns" },
  { flags: "--quiet", description: "print data only" },
  { flags: "--no-color", description: "no colours" },
];

/** The forms that every listing can be had in. */
export const JSON_OPTIONS: readonly CommandOption[] = [
  { flags: "--json", description: "print JSON" },
  { flags: "--csv", description: "print CSV" },
];

/** `-x` as MLflow's experiments commands have it. */
export const EXPERIMENT_ID: CommandOption = {
  flags: "-x, --experiment-id <id>",
  description: "its id, or the beginning of it",
  isRequired: true,
};

/** `--run-id` as MLflow's runs commands have it. */
export const RUN_ID: CommandOption = {
  flags: "--run-id <id>",
  description: "its id, or the beginning of it",
  isRequired: true,
};

/** `-r` as MLflow's artifacts commands have it. */
export const RUN_OF_ARTIFACTS: CommandOption = {
  flags: "-r, --run-id <id>",
  description: "the run's id, or the beginning of it",
  isRequired: true,
};

/** Where among a run's artifacts. */
export const ARTIFACT_PATH: CommandOption = {
  flags: "-a, --artifact-path <path>",
  description: "a folder of the run's artifacts (default: the root)",
};

/** Answers a command's question beforehand. */
export const YES: CommandOption = { flags: "--yes", description: "do not ask" };

/** Which life-cycle stage is listed, in MLflow's words. */
export type ViewWord = "active_only" | "deleted_only" | "all";

/** `--view` as MLflow's listings have it. */
export const VIEW: CommandOption = {
  flags: "-v, --view <stage>",
  description: "which",
  choices: ["active_only", "deleted_only", "all"],
  default: "active_only",
};

/** The view as the client names it. */
export const viewTypeOf = (view: ViewWord): ViewType => view.toUpperCase() as ViewType;

/** `--max-results`. */
export function maxResults(preset?: string): CommandOption {
  return { flags: "--max-results <n>", description: "most rows", default: preset, parse: (text) => readCount(text) };
}

function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 50_000) throw new InvalidInputError(messages.badCount(text, 1));
  return count;
}

/** A port, 0 for any free one. @throws InvalidInputError */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidInputError(messages.badPort(text));
  return port;
}

const MOST_WORKERS = 256;

/** A number of processes. @throws InvalidInputError */
export function readWorkers(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST_WORKERS)
    throw new InvalidInputError(messages.badWorkers(text, MOST_WORKERS));
  return count;
}

/** Seconds as milliseconds. @throws InvalidInputError */
export function readSeconds(text: string): number {
  const seconds = Number(text);
  // A timer holds no more.
  if (text.trim() === "" || !(seconds > 0) || seconds * 1000 > 2 ** 31 - 1)
    throw new InvalidInputError(messages.badSeconds(text));
  return seconds * 1000;
}
