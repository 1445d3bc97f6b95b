/** Endings whose files are text to look at, MLflow's list (mlflow/utils/mime_type_utils.py) and what JavaScript has. */
const TEXTS =
  "txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js ts mjs cjs jsx tsx py py3 csv tsv md rst mlmodel mlproject r java scala sh sql";

const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(TEXTS.split(" ").map((ending) => [ending, "text/plain"])),
  css: "text/css",
  geojson: "application/geo+json",
  gif: "image/gif",
  gz: "application/gzip",
  htm: "text/html",
  html: "text/html",
  ico: "image/vnd.microsoft.icon",
  ipynb: "application/x-ipynb+json",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  tar: "application/x-tar",
  wav: "audio/x-wav",
  webm: "video/webm",
  webp: "image/webp",
  zip: "application/zip",
};

/** The media type of a file by its name's ending; a name without one, as MLmodel, is taken for its own. */
export function mediaTypeOf(name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return (Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined) ?? "application/octet-stream";
}
