/** An answer as far as two servers must agree: what it says in words is each one's own. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly allow: string | null;
  /** JSON: an error's codes and the names of its fields, or the whole body; of a text nothing. */
  readonly body: unknown;
  /** The body is JSON as everybody reads it. */
  readonly isJson: boolean;
}

/** Reads an answer of either server; NaN, which Python writes, is read as null. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status, headers } = response;
  const contentType = headers.get("content-type");
  const isJsonType = contentType === "application/json";
  return {
    status,
    contentType,
    allow: headers.get("allow"),
    body: isJsonType ? bodyOf(text) : undefined,
    isJson: isJsonType && parse(text) !== undefined,
  };
}

function bodyOf(text: string): unknown {
  const json = parse(text) ?? parse(text.replace(/\bNaN\b|-?\bInfinity\b/g, "null"));
  if (typeof json !== "object" || json === null || !("error_code" in json)) return json ?? text;
  const { error_code, sqlstate, error_class } = json as Record<string, unknown>;
  return { error_code, sqlstate, error_class, fields: Object.keys(json).sort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
