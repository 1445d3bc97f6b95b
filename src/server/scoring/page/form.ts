import type { ColumnSpec, ParamSpec } from "../../../models";
import { type Markup, markup } from "../../../view";
import { exampleRequest } from "../example";
import type { ServedModel } from "../served-model";

/** A row of more columns is better written as JSON. */
const MAX_FIELDS = 60;

const SINGLE_VALUES = new Set(["boolean", "integer", "long", "float", "double", "string", "binary", "datetime"]);

/** Types that JSON has as text. */
const TEXTS = new Set<string>(["string", "binary", "datetime"]);

/** The columns that one row can be filled in by; `undefined` where the model takes something else. */
export function fieldColumns({ signature }: ServedModel): readonly ColumnSpec[] | undefined {
  const inputs = signature?.inputs;
  if (inputs?.kind !== "columns" || inputs.columns.length > MAX_FIELDS) return undefined;
  const fits = inputs.columns.every(({ name, type }) => name !== undefined && SINGLE_VALUES.has(type.type));
  return fits ? inputs.columns : undefined;
}

/** The request that a sent form stands for, as JSON. */
export function requestOfForm(model: ServedModel, form: URLSearchParams): string {
  const columns = fieldColumns(model);
  if (!columns || form.has("request")) return form.get("request") ?? "";
  const given = columns.flatMap((column, position) => {
    const text = form.get(`c${position}`) ?? "";
    if (column.type.type === "boolean") return [[column.name, text !== ""] as const];
    return text === "" && !column.required ? [] : [[column.name, valueOfField(column, text)] as const];
  });
  const params = paramsOfForm(model, form);
  return JSON.stringify({
    dataframe_split: { columns: given.map(([name]) => name), data: [given.map(([, value]) => value)] },
    ...(params.length > 0 ? { params: Object.fromEntries(params) } : {}),
  });
}

/** Params of single values; lists and objects are for requests by hand. */
const fieldParams = ({ signature }: ServedModel): readonly ParamSpec[] =>
  (signature?.params ?? []).filter(({ shape, type }) => shape === null && SINGLE_VALUES.has(type.type));

/** Those whose fields do not hold the default any more. */
function paramsOfForm(model: ServedModel, form: URLSearchParams): readonly (readonly [string, unknown])[] {
  return fieldParams(model).flatMap(({ name, type, default: preset }, position) => {
    const text = form.get(`p${position}`) ?? "";
    const value = type.type === "boolean" ? text !== "" : valueOfField({ type, required: true }, text);
    return text === "" && type.type !== "boolean" ? [] : value === preset ? [] : [[name, value] as const];
  });
}

/** Numbers as numbers where they are some; the rest is for the model's casts to judge. */
function valueOfField({ type }: ColumnSpec, text: string): unknown {
  if (TEXTS.has(type.type)) return text;
  if (text === "") return null;
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}

/** The fields of one row, with what was sent last or an example in them. */
export function rowForm(model: ServedModel, columns: readonly ColumnSpec[], sent: URLSearchParams | undefined): Markup {
  const example = exampleCells(model);
  const fields = columns.map((column, position) => {
    const name = `c${position}`;
    const value = sent?.has("request") === false ? sent.get(name) : textOf(example.get(column.name ?? ""));
    return field(column, name, value ?? "");
  });
  const params = fieldParams(model).map(({ name, type, default: preset }, position) => {
    const id = `p${position}`;
    const value = sent?.has("request") === false ? sent.get(id) : textOf(preset);
    return field({ name, type, required: true }, id, value ?? "", "param ");
  });
  return markup`<form method="post" action="/"><div class="fields">${fields}${params}</div><button>Predict</button></form>`;
}

function field({ name, type, required }: ColumnSpec, id: string, value: string, kind = ""): Markup {
  const title = markup`<span><b>${name}</b><span>${kind}${type.type === "binary" ? "base64" : type.type}${!required && ", optional"}</span></span>`;
  if (type.type === "boolean")
    return markup`<label>${title}<input type="checkbox" name="${id}" value="true"${value !== "" && value !== "false" && markup` checked`}></label>`;
  const isNumber = !TEXTS.has(type.type);
  return markup`<label>${title}<input name="${id}" value="${value}"${isNumber && markup` inputmode="decimal"`}${
    required && type.type !== "string" && markup` required`
  } autocomplete="off"></label>`;
}

/** The first row of the example, by name. */
function exampleCells(model: ServedModel): ReadonlyMap<string, unknown> {
  const { dataframe_split: split } = exampleRequest(model) as {
    dataframe_split?: { columns?: readonly string[]; data?: readonly (readonly unknown[])[] };
  };
  return new Map((split?.columns ?? []).map((name, position) => [name, split?.data?.[0]?.[position]]));
}

const textOf = (value: unknown): string =>
  value === undefined || value === null || typeof value === "object" ? "" : String(value);

/** A whole request to write by hand. */
export function requestForm(text: string): Markup {
  return markup`<form method="post" action="/"><label><span><b>request</b><span>JSON</span></span><textarea name="request" spellcheck="false" required>${text}</textarea></label><button>Predict</button></form>`;
}
