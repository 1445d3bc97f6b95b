import { CastFault, type Cast } from "./cast-fault";

/** Python's truth of a value: everything but nothing, zero and what is empty. */
export const toBoolean: Cast = (value) => {
  if (typeof value === "number") return value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
};

/** A text; of single values their text, as Python writes it. */
export const toText: Cast = (value) => {
  if (typeof value === "string" || value === null) return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  throw new CastFault("it is no text");
};

/** Bytes from base64; as Python's reader does, all but its letters is passed over. */
export const toBytes: Cast = (value) => {
  if (typeof value !== "string") throw new CastFault("it is no text in base64");
  const letters = value.replace(/[^A-Za-z0-9+/=]/g, "");
  const padding = letters.indexOf("=");
  const data = padding < 0 ? letters : letters.slice(0, padding);
  const missing = (4 - (data.length % 4)) % 4;
  if (missing === 3 || letters.length - data.length < missing)
    throw new CastFault("the padding of its base64 is wrong");
  return Buffer.from(data, "base64");
};
