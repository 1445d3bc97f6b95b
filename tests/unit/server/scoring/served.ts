import {
  createScoringApp,
  type ScoringOptions,
  type ServedInput,
  type ServedModel,
} from "../../../../src/server/scoring";
import { type ColumnType, ModelSignature } from "../../../../src/models";

/** A model of one column `x` of a type, which predicts what it was given. */
export function columnModel(type: ColumnType["type"], required = true): ServedModel {
  const spec = { name: "x", type: { type } as ColumnType, required };
  return {
    card: { name: "echo" },
    signature: new ModelSignature({ inputs: { kind: "columns", columns: [spec] } }),
    predict: (input) => cellsOf(input),
  };
}

/** A model without a signature. */
export const freeModel = (predict: ServedModel["predict"] = (input) => cellsOf(input)): ServedModel => ({
  card: { name: "free" },
  predict,
});

function cellsOf(input: ServedInput): unknown {
  if (input.kind === "free") return input.value;
  return Array.from((input.kind === "columns" ? input.columns : input.tensors)[0]?.values ?? []);
}

/** What the server of a model answers to a JSON value or, with another type, to a text. */
export async function ask(
  model: ServedModel,
  body: unknown,
  { type = "application/json", options = {} }: { type?: string; options?: Partial<ScoringOptions> } = {},
): Promise<{ status: number; body: unknown }> {
  const app = createScoringApp(model, { version: "1.2.3", ...options });
  const text = type === "application/json" && typeof body !== "string" ? JSON.stringify(body) : String(body);
  const response = await app.request("/invocations", { method: "POST", headers: { "content-type": type }, body: text });
  const answer = await response.text();
  return {
    status: response.status,
    body: response.headers.get("content-type") === "application/json" ? json(answer) : answer,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
