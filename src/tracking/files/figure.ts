import { InvalidInputError, messages } from "../../core";

/** SVG text, the bytes of a picture in any format, or a Vega-Lite specification. */
export type Figure = string | Uint8Array | Readonly<Record<string, unknown>>;

/** What the file of each kind of figure may be called: its ending says how it is read. */
const ENDINGS = {
  "SVG text": [".svg"],
  "a picture's bytes": [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".svg", ".pdf"],
  "a Vega-Lite specification": [".json"],
} as const;

/**
 * The file's content: text and bytes as they are (copied), a specification as JSON.
 * @throws INVALID_PARAMETER_VALUE for what is no figure, and for a file whose ending says that it is something else
 */
export function figureBytes(figure: Figure, file: string): string | Uint8Array {
  const kind = kindOf(figure);
  const endings = ENDINGS[kind];
  if (!endings.some((ending) => file.toLowerCase().endsWith(ending)))
    throw new InvalidInputError(messages.fileEnding(`logFigure of ${kind}`, file, endings));
  if (typeof figure === "string") return figure;
  return figure instanceof Uint8Array ? Uint8Array.from(figure) : JSON.stringify(figure, null, 2);
}

function kindOf(figure: unknown): keyof typeof ENDINGS {
  if (typeof figure === "string") return "SVG text";
  if (figure instanceof Uint8Array) return "a picture's bytes";
  if (figure !== null && typeof figure === "object") return "a Vega-Lite specification";
  throw new InvalidInputError(
    messages.wrongType(
      "The figure",
      figure,
      "SVG text, bytes, or a Vega-Lite specification",
      "logDict(value, file) keeps any other object.",
    ),
  );
}
