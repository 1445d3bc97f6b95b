const TOKEN = /<!--|<\/?([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<|&(?!(?:amp|lt|gt|quot|#39);)/g;
const ATTRIBUTE = /\s+([\w:-]+)="([^"]*)"/g;

/** An element of parsed markup. */
export interface ParsedElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Markup taken apart: its elements in order, and its text with entities resolved. */
export interface ParsedMarkup {
  readonly elements: readonly ParsedElement[];
  readonly text: string;
}

/**
 * Reads markup by XML's rules (every element closed and nested, attributes quoted and unique, no stray `<` or `&`), which is stricter
 * than HTML; the content of `<style>` is skipped, as HTML does. Throws on the first breach.
 */
export function parseMarkup(source: string): ParsedMarkup {
  const bare = source.replace(/<style>[^<]*<\/style>/g, "");
  const elements: ParsedElement[] = [];
  const open: string[] = [];
  for (const match of bare.matchAll(TOKEN)) {
    const [token, name, attributes = "", isEmpty] = match;
    if (name === undefined) {
      throw new Error(`stray ${JSON.stringify(bare.slice(match.index, match.index + 40))}`);
    }
    if (token.startsWith("</")) {
      const expected = open.pop();
      if (expected !== name) {
        throw new Error(`</${name}> closes <${expected}>`);
      }
      continue;
    }
    elements.push({ name, attributes: parseAttributes(name, attributes) });
    if (isEmpty !== "/") {
      open.push(name);
    }
  }
  if (open.length > 0) {
    throw new Error(`<${open.join("><")}> left open`);
  }
  return { elements, text: unescapeMarkup(bare.replace(/<[^>]*>/g, "")) };
}

function parseAttributes(element: string, source: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of source.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) {
      throw new Error(`<${element}> has ${name} twice`);
    }
    attributes.set(name, unescapeMarkup(value));
  }
  return attributes;
}

function unescapeMarkup(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_entity, name: string) => characters[name] ?? "");
}
