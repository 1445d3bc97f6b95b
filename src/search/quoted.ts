/**
 * A text as filters have it. Python's servers know no escape: around a text with an apostrophe go the other quotes.
 *
 * @example quoted("it's wine"); // "it's wine"
 */
export const quoted = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);
