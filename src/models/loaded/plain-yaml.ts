/** What is read here: mappings of mappings and single values. */
export type PlainYaml = { [key: string]: string | number | boolean | null | PlainYaml };

const LINE = /^( *)([A-Za-z_][\w-]*):(?: (.*))?$/;
// Words and numbers that YAML 1.1 takes for something else are left to a whole parser, as keys too.
const WORD = /^(?!(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$)[A-Za-z_/][\w./+-]*(?::[\w./+-]+)*$/i;
const HEXADECIMAL_ID = /^(?!0b[01]+$)(?=.*[a-df])[0-9a-f]{32}$/;
const VERSION = /^\d+\.\d+\.\d+[\w.-]*$/;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;
const LITERALS: Readonly<Record<string, boolean | null>> = { null: null, true: true, false: false };

/**
 * Reads YAML in the form that MLmodel files of ours have: block mappings whose values stand on one line. `undefined` for anything else, which is for a
 * whole parser: loading that takes longer than loading most models.
 */
export function parsePlainYaml(text: string): PlainYaml | undefined {
  const root: PlainYaml = {};
  const levels: Level[] = [{ indent: 0, map: root }];
  let isOpen = false;
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const [, spaces, key = "", value] = LINE.exec(line) ?? [];
    if (spaces === undefined || !WORD.test(key) || key === "__proto__") return undefined;
    const indent = spaces.length;
    const isDeeper = indent > innermost(levels).indent;
    if (isDeeper !== isOpen) return undefined;
    if (isDeeper) levels.push({ indent, map: lastOf(innermost(levels).map) });
    while (innermost(levels).indent > indent) levels.pop();
    const { indent: found, map } = innermost(levels);
    if (found !== indent || Object.hasOwn(map, key)) return undefined;
    isOpen = value === undefined;
    const scalar = value === undefined ? {} : parseScalar(value);
    if (scalar === undefined) return undefined;
    map[key] = scalar;
  }
  return isOpen ? undefined : root;
}

interface Level {
  readonly indent: number;
  readonly map: PlainYaml;
}

const innermost = (levels: readonly Level[]): Level => levels.at(-1) as Level;

/** The mapping that the last key of `map` has opened. */
const lastOf = (map: PlainYaml): PlainYaml => Object.values(map).at(-1) as PlainYaml;

function parseScalar(text: string): string | number | boolean | null | PlainYaml | undefined {
  if (Object.hasOwn(LITERALS, text)) return LITERALS[text];
  if (text === "{}") return {};
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (text.startsWith('"')) return parseQuoted(text);
  if (INTEGER.test(text)) return Number(text);
  return WORD.test(text) || HEXADECIMAL_ID.test(text) || VERSION.test(text) ? text : undefined;
}

/** Every text in JSON is one in YAML. */
function parseQuoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
