import { HEXADECIMAL_ID, SAFE_PLAIN, type YamlMap, type YamlValue } from "../../core/yaml";
import { setOwn } from "./files";

const INTEGER = /^[-+]?\d+$/;
// PyYAML takes a number for a float only with a point in it.
const FLOAT = /^[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

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
