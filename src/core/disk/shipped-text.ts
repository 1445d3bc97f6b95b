import { readFileSync } from "node:fs";
import { join } from "node:path";

const texts = new Map<string, string>();

/**
 * The text of a file of this package, read once: compiled code (`.js`) or another language's source, copies of which go with what people
 * keep. `shippedText(__dirname, "predictor.js")`. In tests of the sources it is compiled then (tests/support/compiled-text.ts).
 */
export function shippedText(folder: string, path: string): string {
  const file = join(folder, path);
  const text = texts.get(file) ?? readFileSync(file, "utf8");
  texts.set(file, text);
  return text;
}
