import { clip } from "./escape";

const TAGS = 12;

/** The tags that a card has room for, cut to a length that it holds; MLflow's own are not the user's news. */
export function shownTags(tags: readonly (readonly [key: string, value: string])[]): (readonly [string, string])[] {
  return tags
    .filter(([key]) => !key.startsWith("mlflow."))
    .slice(0, TAGS)
    .map(([key, value]) => [clip(key, 60), clip(value, 300)] as const);
}
