// What XML 1.0 forbids even as a character reference, and the overrides that make text read as something else.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with control characters
const ANSI = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;
const LINE_BREAKS = /\s*[\r\n\u2028\u2029]+\s*|\t/g;
const PRINTABLE = /^[ -~]*$/;
const MARKUP = /[&<>"']/g;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * Text as HTML or SVG source, safe between tags and inside quoted attributes. Escape sequences, control characters and
 * direction overrides are removed.
 */
export function escapeMarkup(text: string): string {
  return stripControls(text).replace(MARKUP, (character) => ENTITIES[character] ?? "");
}

/** Text without terminal escape sequences, control characters (line breaks and tabs stay) and direction overrides. */
export function stripControls(text: string): string {
  return PRINTABLE.test(text) ? text : text.replace(ANSI, "").replace(FORBIDDEN, "");
}

/** Text on one line that cannot steer a terminal: {@link stripControls}, and line breaks and tabs become one space. */
export function singleLine(text: string): string {
  return stripControls(text).replace(LINE_BREAKS, " ");
}

/** The first `length` characters of a text, with `…` where something was cut. */
export function clip(text: string, length: number): string {
  if (text.length <= length) {
    return text;
  }
  const whole = [...text.slice(0, length * 2)];
  return whole.length <= length ? text.slice(0, length * 2) : `${whole.slice(0, length - 1).join("")}…`;
}
