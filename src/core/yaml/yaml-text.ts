/** What a YAML file of MLflow holds. */
export type YamlValue = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;
export type YamlMap = Readonly<Record<string, YamlValue>>;

export const HEXADECIMAL_ID = /^(?=.*[a-f])[0-9a-f]{32}$/;
/** Starts like no number, date or indicator; a colon only where none ends a key. */
export const SAFE_PLAIN = /^[\p{L}/](?:[\p{L}\p{N}_/.\-+%~ ]|:(?=[^\s]))*$/u;
// Two points make it no number.
const VERSION = /^\d+\.\d+\.\d+$/;
// Words that some reader of YAML 1.1 takes for null, a boolean or a number.
const RESERVED_WORD = /^(?:null|true|false|yes|no|on|off|y|n|e[-+]?\d+)$/i;
// What PyYAML's reader refuses when it stands in the text unescaped, and what breaks lines.
const NEEDS_ESCAPE = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
/** YAML 1.1 reads a key on its line only up to 1,024 characters. */
const LONGEST_KEY = 1000;

/** A mapping as PyYAML's safe dump writes it: block style, keys sorted, quotes only where they are needed, lines not folded. */
export function formatYaml(map: YamlMap): string {
  return formatMap(map, "");
}

function formatMap(map: Readonly<Record<string, unknown>>, indent: string): string {
  let text = "";
  for (const key of Object.keys(map).sort()) {
    const name = formatString(key);
    const head = name.length > LONGEST_KEY ? `${indent}? ${name}\n${indent}:` : `${indent}${name}:`;
    text += head + formatNode(map[key], indent);
  }
  return text;
}

/** What stands behind a key: on its line, or on those below it. Lists are not indented, as PyYAML has them. */
function formatNode(value: unknown, indent: string): string {
  if (value === null || typeof value !== "object") return ` ${formatScalar(value)}\n`;
  if (isEmpty(value)) return Array.isArray(value) ? " []\n" : " {}\n";
  if (!Array.isArray(value)) return `\n${formatMap(value as Readonly<Record<string, unknown>>, `${indent}  `)}`;
  return `\n${formatList(value, indent)}`;
}

function formatList(list: readonly unknown[], indent: string): string {
  const inner = `${indent}  `;
  let text = "";
  for (const item of list) {
    const isBlock = item !== null && typeof item === "object" && !isEmpty(item);
    // A block begins behind the dash that it belongs to.
    if (isBlock) text += `${indent}- ${formatBlock(item, inner).slice(inner.length)}`;
    else text += `${indent}-${formatNode(item, indent)}`;
  }
  return text;
}

const formatBlock = (value: object, indent: string): string =>
  Array.isArray(value) ? formatList(value, indent) : formatMap(value as Readonly<Record<string, unknown>>, indent);

const isEmpty = (value: object): boolean => (Array.isArray(value) ? value : Object.keys(value)).length === 0;

function formatScalar(value: unknown): string {
  if (typeof value === "string") return formatString(value);
  // To PyYAML 1e-7 is a text and 1.0e-7 a number.
  return typeof value === "number" ? String(value).replace(/^(-?\d+)e/, "$1.0e") : String(value);
}

function formatString(text: string): string {
  if (HEXADECIMAL_ID.test(text) || VERSION.test(text)) return text;
  if (SAFE_PLAIN.test(text) && !text.endsWith(" ") && !RESERVED_WORD.test(text)) return text;
  if (!NEEDS_ESCAPE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `"${Array.from(text, escapeCharacter).join("")}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  if (!NEEDS_ESCAPE.test(character)) return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
