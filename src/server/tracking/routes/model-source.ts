import { InvalidInputError, messages } from "../../../core";
import type { Backend } from "../backend";

/** What a version is registered from, and what it is said to belong to. */
interface Origin {
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/**
 * As MLflow's server: a version whose files lie on the server, or behind it, must lie among the artifacts of the run or model that is named with it.
 * So nobody registers, and then fetches, what is none of theirs.
 */
export async function requireReachableSource({ source, runId, modelId }: Origin, { store }: Backend): Promise<void> {
  if (hasSteps(source)) throw refusal(source);
  const [, scheme = "file"] = /^([a-z][a-z0-9+.-]+):/i.exec(source) ?? [];
  if (/^runs$/i.test(scheme)) {
    const [, inSource] = /^runs:\/*([^/]+)/i.exec(source) ?? [];
    if (runId !== undefined && inSource !== runId) throw refusal(source);
    return;
  }
  if (!/^(?:file|mlflow-artifacts)$/i.test(scheme) && !source.includes("/api/2.0/mlflow-artifacts/artifacts/")) return;
  const root =
    modelId !== undefined
      ? (await store.getLoggedModel(modelId)).artifactLocation
      : runId !== undefined
        ? (await store.getRun(runId)).info.artifactUri
        : undefined;
  if (root === undefined || !isBelow(source, root)) throw refusal(source);
}

/** What MLflow's clients write for the place that a prompt does not have (mlflow/prompt/constants.py). */
const PROMPT_SOURCES: readonly string[] = ["dummy-source", "prompt-template"];

/** As MLflow's server: a prompt is all in its tags, so it may name no place, from which its files would be fetched. */
export function requirePromptSource(source: string): void {
  if (!PROMPT_SOURCES.includes(source)) throw new InvalidInputError(messages.badPromptSource(source, PROMPT_SOURCES));
}

const hasSteps = (source: string): boolean => decoded(source).split(/[/\\]/).includes("..");

/** Decoded until nothing is left to decode. */
function decoded(text: string): string {
  try {
    const next = decodeURIComponent(text);
    return next === text ? text : decoded(next);
  } catch {
    return text;
  }
}

function isBelow(source: string, root: string): boolean {
  const [at, below] = [root, source].map((place) =>
    decoded(place)
      .replace(/^file:(?:\/\/)?/i, "")
      .split("/")
      .filter((part) => part !== ""),
  ) as [string[], string[]];
  return at.length > 0 && at.every((part, index) => below[index] === part);
}

const refusal = (source: string): InvalidInputError => new InvalidInputError(messages.unreachableSource(source));
