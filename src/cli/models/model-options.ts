import { InvalidInputError, messages } from "../../core";
import type { EnvironmentName, ServedModelOptions } from "../../server/scoring";
import type { CommandOption } from "../command";
import type { Session } from "../session";

/** `-m` as MLflow's models commands have it. */
export const MODEL_URI: CommandOption = {
  flags: "-m, --model-uri <uri>",
  description: "a folder, runs:/ID/model or models:/name@alias",
  isRequired: true,
};

/** Where a model's packages are taken from, in our word and in MLflow's. */
export interface EnvironmentOptions {
  readonly env: EnvironmentName;
  readonly envManager?: EnvironmentName;
}

/** `--env`, and MLflow's `--env-manager`. */
export const ENVIRONMENT: readonly CommandOption[] = [
  {
    flags: "--env <name>",
    description: "take packages from here, or as pinned",
    choices: ["local", "isolated"],
    default: "local",
  },
  { flags: "--env-manager <name>", description: "the same in MLflow's words", parse: readManager },
];

/** MLflow's names of what makes an environment all mean one of the model's own. */
function readManager(text: string): EnvironmentName {
  if (text === "local") return "local";
  if (["isolated", "virtualenv", "uv", "conda"].includes(text)) return "isolated";
  throw new InvalidInputError(messages.badEnvironmentManager(text));
}

/** What these mean, told where it takes its time. */
export const environmentOf = ({ env, envManager }: EnvironmentOptions, session: Session): ServedModelOptions => ({
  environment: envManager ?? env,
  onInstall: (folder) => session.say(`Installing the packages that are pinned with the model into ${folder} …`),
});

const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };

/** A size in bytes. @throws InvalidInputError */
export function readSize(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([KMG]?B|)$/i.exec(text.trim()) ?? [];
  const bytes = Number(number) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (!(bytes >= 1)) throw new InvalidInputError(messages.badSize(text));
  return Math.floor(bytes);
}
