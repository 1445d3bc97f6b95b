import { InvalidInputError, messages } from "../../core";

/** SVG text, the bytes of a picture in any format, or a Vega-Lite specification. */
export type Figure = string | Uint8Array | Readonly<Record<string, unknown>>;

/** The file's content: text and bytes as they are (copied), a specification as JSON. */
export function figureBytes(figure: Figure): string | Uint8Array {
  if (typeof figure === "string") return figure;
  if (figure instanceof Uint8Array) return Uint8Array.from(figure);
  if (figure !== null && typeof figure === "object") return JSON.stringify(figure, null, 2);
  throw new InvalidInputError(
    messages.wrongType(
      "The figure",
      figure,
      "SVG text, bytes, or a Vega-Lite specification",
      "logDict(value, file) keeps any other object.",
    ),
  );
}
