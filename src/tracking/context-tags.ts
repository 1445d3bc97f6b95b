import { userInfo } from "node:os";
import { relative } from "node:path";
import { type Tag, warnOnce } from "../core";
import { currentRuntime } from "../runtime";

/**
 * The tags that say where a run comes from, as MLflow names them: user, source name and type, and what `MLFLOW_RUN_CONTEXT` (a JSON object)
 * adds. The git commit follows from the background.
 */
export function contextTags(): Map<string, string> {
  const tags = new Map<string, string>([["mlflow.user", userName()]]);
  const { notebook, script } = sourceFile();
  const source = notebook ?? script;
  if (source) tags.set("mlflow.source.name", shortPath(source));
  tags.set("mlflow.source.type", notebook ? "NOTEBOOK" : "LOCAL");
  for (const { key, value } of environmentTags()) tags.set(key, value);
  return tags;
}

/** The user's name as the operating system has it. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? process.env.USERNAME ?? "unknown";
  }
}

/** The file that the user's program stands in. */
export function sourceFile(): { notebook?: string; script?: string } {
  const runtime = currentRuntime();
  if (runtime.name !== "node") return { notebook: runtime.notebookPath() ?? process.cwd() };
  return { script: process.argv[1] };
}

function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}

function environmentTags(): Tag[] {
  const text = process.env.MLFLOW_RUN_CONTEXT;
  if (!text) return [];
  try {
    return Object.entries(JSON.parse(text) as Record<string, unknown>).map(([key, value]) => ({
      key,
      value: String(value),
    }));
  } catch {
    warnOnce("MLFLOW_RUN_CONTEXT", "MLFLOW_RUN_CONTEXT is no JSON object and was ignored");
    return [];
  }
}
