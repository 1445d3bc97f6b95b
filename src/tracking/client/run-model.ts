import type { LoggedModel } from "../../core";

/** MLflow forbids these in a LoggedModel's name, and uses `/` and `:` in model URIs. */
const FORBIDDEN = /[/:.%"']/g;

/** The name that the LoggedModel has whose folder is named so. */
export const loggedModelName = (folder: string): string => folder.replace(FORBIDDEN, "_");

/** A model that a path among its run's artifacts means, and the path within it. */
export interface RunModel {
  readonly model: LoggedModel;
  readonly name: string;
  readonly path: string;
}

/** Which of a run's models a path begins with: servers keep them elsewhere than among the run's artifacts. The last one of a name. */
export function runModelAt(models: readonly LoggedModel[], path: string): RunModel | undefined {
  const parts = path.split("/");
  for (let length = parts.length; length > 0; length--) {
    const folder = parts.slice(0, length).join("/");
    const model = models.filter(({ name }) => name === folder || name === loggedModelName(folder)).at(-1);
    if (model) return { model, name: folder, path: parts.slice(length).join("/") };
  }
  return undefined;
}
