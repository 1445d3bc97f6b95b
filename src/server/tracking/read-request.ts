import type { Context } from "hono";
import { InvalidInputError, messages } from "../../core";
import { EXTENDED_FILTERS } from "../../core/http";
import { requirePlainFilter } from "../../search";
import { readBody } from "../body";
import { parsePythonJson } from "../python-json";
import { type Field, type RawValues, readFields, type Values, type Fields } from "./fields";
import type { Route } from "./routes";

/** The longest JSON that is read, in bytes: a data set's profile alone may have 16 million characters. */
const BODY_LIMIT = 32e6;

/**
 * What a request asks, read and checked.
 *
 * @throws InvalidInputError for what its fields do not take
 */
export async function readRequest(route: Route, context: Context): Promise<Values<Fields>> {
  // A HEAD is a GET of which only the headers are wanted.
  const isInQuery = /^(?:GET|HEAD)$/.test(context.req.method) || route.fieldsIn === "query";
  const raw = isInQuery ? readQuery(route.fields, context) : await readJsonBody(context);
  const names = route.path.match(/\{\+?\w+\}/g) ?? [];
  const values = readFields(route.fields, names.length === 0 ? raw : { ...raw, ...readPath(names, context) });
  if (context.req.header(EXTENDED_FILTERS) === undefined) requirePlainFilters(route.fields, values);
  return values;
}

function requirePlainFilters(fields: Fields, values: Values<Fields>): void {
  for (const name in fields) if (fields[name]?.isFilter) requirePlainFilter((values[name] as string | undefined) ?? "");
}

function readPath(names: readonly string[], { req }: Context): RawValues {
  return Object.fromEntries(
    names.map((braced) => {
      const name = braced.replace(/[{+}]/g, "");
      return [name, braced.startsWith("{+") ? restOfPath(req.param("rest") ?? "") : req.param(name)];
    }),
  );
}

/** Deeper folders cannot be removed in one go. */
const MAX_PARTS = 200;

function restOfPath(text: string): string {
  if (text === "" || text.endsWith("/") || text.split("/").length > MAX_PARTS)
    throw new InvalidInputError(messages.badRequestPath(text));
  return text;
}

function readQuery(fields: Fields, { req }: Context): RawValues {
  const query = new URL(req.url).searchParams;
  const raw: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    for (const key of field.alias === undefined ? [name] : [name, field.alias]) {
      if (!query.has(key)) continue;
      raw[key] = field.type.kind === "list" ? query.getAll(key) : valueInQuery(field, query.get(key) as string);
    }
  }
  return raw;
}

function valueInQuery({ type }: Field, text: string): unknown {
  if (type.kind === "flag" && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}

async function readJsonBody(context: Context): Promise<RawValues> {
  const { req } = context;
  if (req.method === "POST" || req.method === "PUT") requireJson(req.header("content-type"));
  const body = await readBody(context, BODY_LIMIT);
  const content = parseJson(body.toString("utf8"));
  // Clients of old send JSON within JSON.
  const value = typeof content === "string" ? parseJson(content) : content;
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RawValues) : {};
}

function requireJson(contentType: string | undefined): void {
  if (contentType?.split(";")[0]?.trim().toLowerCase() !== "application/json")
    throw new InvalidInputError(messages.noContentType(contentType));
}

/** What is no JSON says nothing, as in MLflow: then what must be there is missing. Python's clients write NaN as a word. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return /\b(?:NaN|Infinity)\b/.test(text) ? parsePythonWords(text) : undefined;
  }
}

function parsePythonWords(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    return undefined;
  }
}
