// What XML 1.0 forbids even as a character reference, and the overrides that make text read as something else.
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;
// ECMA-48: control sequences (CSI), operating system commands (OSC) and the short escapes. As text, since a pattern may not
// hold the characters that it is about.
const ESC = "\\u001b";
const BEL = "\\u0007";
const CONTROL_SEQUENCE = `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]`;
const SYSTEM_COMMAND = `(?:${ESC}\\]|\\u009d)[^${BEL}${ESC}\\u009c]*(?:${BEL}|${ESC}\\\\|\\u009c)?`;
const ANSI = new RegExp(`${CONTROL_SEQUENCE}|${SYSTEM_COMMAND}|${ESC}[ -/]*[0-~]`, "g");
const LINE_BREAKS = /\s*[\r\n\u2028\u2029]+\s*|\t/g;
const PRINTABLE = /^[ -~]*$/;
const MARKUP = /[&<>"']/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

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
