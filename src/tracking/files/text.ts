import { InvalidInputError, messages } from "../../core";

const HINT = "take out functions and objects that hold themselves; String(value) makes text of a bigint.";

/** `value` as the text of `file`: YAML for `.yaml` and `.yml`, else JSON, both indented by two. */
export function textOf(value: unknown, file: string): string {
  try {
    const text = /\.ya?ml$/i.test(file) ? yamlOf(value) : JSON.stringify(value, null, 2);
    if (text !== undefined) return text;
  } catch (cause) {
    throw new InvalidInputError(messages.wrongType("The value of logDict", value, "what JSON or YAML can hold", HINT), {
      cause,
    });
  }
  throw new InvalidInputError(messages.wrongType("The value of logDict", value, "what JSON or YAML can hold", HINT));
}

function yamlOf(value: unknown): string {
  const { stringify } = require("yaml") as typeof import("yaml");
  return stringify(value);
}
