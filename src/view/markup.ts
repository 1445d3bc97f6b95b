import { escapeMarkup } from "./escape";

/** HTML or SVG source that is known to be safe; made by {@link markup} only. */
export class Markup {
  readonly #source: string;

  private constructor(source: string) {
    this.#source = source;
  }

  /** Takes source as it is. For constants of ours, never for values. */
  static trusted(source: string): Markup {
    return new Markup(source);
  }

  toString(): string {
    return this.#source;
  }
}

/** What may stand in a {@link markup} template. `undefined`, `null` and `false` leave nothing. */
export type MarkupValue = string | number | Markup | undefined | null | false | readonly MarkupValue[];

/**
 * A template tag for HTML and SVG: every value is escaped unless it is markup itself; lists are joined.
 *
 * @example
 * ```ts
 * markup`<td title="${run.name}">${cells}</td>`
 * ```
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let source = strings[0] ?? "";
  values.forEach((value, index) => {
    source += sourceOf(value) + (strings[index + 1] ?? "");
  });
  return Markup.trusted(source);
}

/** Joins what is present with a separator; what is absent takes none. */
export function joined(values: readonly MarkupValue[], separator: string): Markup {
  return Markup.trusted(values.filter(isPresent).map(sourceOf).join(escapeMarkup(separator)));
}

/** As many of the items as fit into `bytes` of UTF-8, in order. */
export function withinBytes(items: readonly Markup[], bytes: number): readonly Markup[] {
  let left = bytes;
  const end = items.findIndex((item) => {
    left -= byteLength(item.toString());
    return left < 0;
  });
  return end < 0 ? items : items.slice(0, end);
}

/** The size of a text in UTF-8, in bytes. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isPresent(value: MarkupValue): boolean {
  return value !== undefined && value !== null && value !== false && value !== "";
}

function sourceOf(value: MarkupValue): string {
  if (typeof value === "string") {
    return escapeMarkup(value);
  }
  if (Array.isArray(value)) {
    return value.map(sourceOf).join("");
  }
  return isPresent(value) ? String(value) : "";
}
