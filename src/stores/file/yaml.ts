import { setOwn } from "./files";

/** What a meta.yaml of MLflow holds. */
export type YamlValue = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;
export type YamlMap = Readonly<Record<string, YamlValue>>;

const HEXADECIMAL_ID = /^(?=.*[a-f])[0-9a-f]{32}$/;
// Starts like no number, date or indicator; a colon only where none ends a key.
const SAFE_PLAIN = /^[\p{L}/](?:[\p{L}\p{N}_/.\-+%~ ]|:(?=[^\s]))*$/u;
// Words that some reader of YAML 1.1 takes for null, a boolean or a number.
const RESERVED_WORD = /^(?:null|true|false|yes|no|on|off|y|n|e[-+]?\d+)$/i;
const INTEGER = /^[-+]?\d+$/;
// PyYAML takes a number for a float only with a point in it.
const FLOAT = /^[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
// What PyYAML's reader refuses when it stands in the text unescaped, and what breaks lines.
const NEEDS_ESCAPE = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** A mapping as PyYAML's safe dump writes it: block style, keys sorted, quotes only where they are needed, lines not folded. */
export function formatYaml(map: YamlMap): string {
  let text = "";
  for (const key of Object.keys(map).sort()) text += formatEntry("", key, map[key] as YamlValue);
  return text;
}

function formatEntry(indent: string, key: string, value: unknown): string {
  const head = `${indent}${formatString(key)}:`;
  if (Array.isArray(value)) return `${head} []\n`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length === 0) return `${head} {}\n`;
    return `${head}\n${entries.map(([name, inner]) => formatEntry(`${indent}  `, name, inner)).join("")}`;
  }
  return `${head} ${typeof value === "string" ? formatString(value) : String(value)}\n`;
}

function formatString(text: string): string {
  if (HEXADECIMAL_ID.test(text)) return text;
  if (SAFE_PLAIN.test(text) && !text.endsWith(" ") && !RESERVED_WORD.test(text)) return text;
  if (!NEEDS_ESCAPE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `"${Array.from(text, escapeCharacter).join("")}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  if (!NEEDS_ESCAPE.test(character)) return character;
  const code = character.codePointAt(0) as number;
  const lone = code >= 0xd800 && code <= 0xdfff;
  return `\\u${(lone ? 0xfffd : code).toString(16).padStart(4, "0")}`;
}

/**
 * Reads a mapping from YAML. The flat form that MLflow and we write is read line by line, anything else by a whole parser.
 * Whole numbers beyond the safe range stay text: old stores have experiment ids without quotes.
 *
 * @throws Error saying what is wrong with the text
 */
export function parseYaml(text: string): YamlMap {
  return parseFlat(text) ?? parseAny(text);
}

function parseFlat(text: string): YamlMap | undefined {
  const map: Record<string, YamlValue> = {};
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const colon = line.indexOf(": ");
    if (colon < 1 || !/^[a-z_]+$/.test(line.slice(0, colon))) return undefined;
    const value = parseFlatValue(line.slice(colon + 2));
    if (value === undefined) return undefined;
    setOwn(map, line.slice(0, colon), value);
  }
  return text.endsWith("\n") ? map : undefined;
}

function parseFlatValue(text: string): YamlValue | undefined {
  if (text.startsWith("'")) {
    const inner = text.slice(1, -1);
    return text.length > 1 && text.endsWith("'") && !inner.includes("'") ? inner : undefined;
  }
  if (text === "[]") return [];
  if (text === "{}") return {};
  if (INTEGER.test(text) || HEXADECIMAL_ID.test(text)) return resolvePlain(text);
  return SAFE_PLAIN.test(text) && !text.endsWith(" ") ? resolvePlain(text) : undefined;
}

function parseAny(text: string): YamlMap {
  // Loaded for the rare file that is not flat: it takes longer than many a search.
  const { isCollection, isMap, isScalar, parseDocument } = require("yaml") as typeof import("yaml");
  const document = parseDocument(text, { schema: "failsafe", logLevel: "silent" });
  const problem = document.errors[0];
  if (problem) throw new Error(problem.message.split("\n")[0]);
  if (!isMap(document.contents)) throw new Error("it holds no YAML mapping");
  const map: Record<string, YamlValue> = {};
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    if (!isScalar(value)) setOwn(map, name, isCollection(value) ? (value.toJS(document) as YamlValue) : null);
    else setOwn(map, name, value.type === "PLAIN" ? resolvePlain(String(value.value)) : String(value.value));
  }
  return map;
}

/** YAML 1.1 as PyYAML resolves it. */
function resolvePlain(text: string): string | number | boolean | null {
  if (INTEGER.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : text;
  }
  if (FLOAT.test(text)) return Number(text);
  if (text === "" || /^(?:null|Null|NULL|~)$/.test(text)) return null;
  if (/^(?:true|yes|on)$/i.test(text)) return true;
  if (/^(?:false|no|off)$/i.test(text)) return false;
  return text;
}
