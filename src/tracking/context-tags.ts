import { userInfo } from "node:os";
import { dirname, relative } from "node:path";
import { showValue, type Tag, TAGS, warnOnce } from "../core";
import { currentRuntime } from "../runtime";
import { toTag } from "./arguments";

/**
 * The tags that say where a run comes from, as MLflow names them: user, source name and type, and what `MLFLOW_RUN_CONTEXT` (a JSON object)
 * adds. The git commit follows from the background.
 */
export function contextTags(): Map<string, string> {
  const tags = new Map<string, string>([[TAGS.user, userName()]]);
  const { notebook, script } = sourceFile();
  const source = notebook ?? script;
  if (source) tags.set(TAGS.sourceName, shortPath(source));
  tags.set(TAGS.sourceType, notebook ? "NOTEBOOK" : "LOCAL");
  for (const { key, value } of environmentTags()) tags.set(key, value);
  return tags;
}

let knownUser: string | undefined;

/** The user's name as the operating system has it, which is asked once. */
export function userName(): string {
  try {
    knownUser ??= userInfo().username;
    return knownUser;
  } catch {
    return process.env.USER ?? process.env.USERNAME ?? "unknown";
  }
}

/** The file that the user's program stands in; of a notebook whose name its kernel does not know, the folder. */
export function sourceFile(): { notebook?: string; script?: string } {
  const runtime = currentRuntime();
  if (runtime.name !== "node") return { notebook: runtime.notebookPath() ?? process.cwd() };
  return { script: process.argv[1] };
}

/** The folder that the user's program stands in. */
export function sourceFolder(): string | undefined {
  const runtime = currentRuntime();
  const file = runtime.name === "node" ? process.argv[1] : runtime.notebookPath();
  if (file !== undefined) return dirname(file);
  return runtime.name === "node" ? undefined : process.cwd();
}

function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}

/** What the variable adds; an entry that can be no tag is left out, so that no run fails over it. */
function environmentTags(): Tag[] {
  const text = process.env.MLFLOW_RUN_CONTEXT;
  if (!text) return [];
  const refused: string[] = [];
  const tags = Object.entries(parseObject(text)).flatMap(([key, value]) => {
    try {
      return [toTag(key, value)];
    } catch {
      refused.push(showValue(key));
      return [];
    }
  });
  if (refused.length > 0)
    warnOnce("MLFLOW_RUN_CONTEXT", `MLFLOW_RUN_CONTEXT has what can be no tag and was left out: ${refused.join(", ")}`);
  return tags;
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value;
  } catch {
    // Told like any other text that is no object.
  }
  warnOnce("MLFLOW_RUN_CONTEXT", "MLFLOW_RUN_CONTEXT is no JSON object and was ignored");
  return {};
}
