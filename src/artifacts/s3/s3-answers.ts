import type { FileInfo } from "../../core";

/** The files and folders in an answer of ListObjectsV2 whose keys are URL-encoded; `path` is where `folder` is below the artifact root. */
export function entriesIn(xml: string, folder: string, path: string): FileInfo[] {
  const nameOf = (key: string): string => key.slice(folder === "" ? 0 : folder.length + 1).replace(/\/$/, "");
  const place = (key: string): string => (path === "" ? nameOf(key) : `${path}/${nameOf(key)}`);
  const files = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = ""]): FileInfo[] => {
    const key = textIn(entry, "Key");
    // Consoles make folders by empty objects with a slash at the end.
    if (nameOf(key) === "" || key.endsWith("/")) return [];
    return [{ path: place(key), isDir: false, fileSize: Number(textIn(entry, "Size")) }];
  });
  const folders = [...xml.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs)].map(
    ([, entry = ""]): FileInfo => ({ path: place(textIn(entry, "Prefix")), isDir: true }),
  );
  return [...files, ...folders];
}

/** All keys in an answer of ListObjectsV2. */
export const keysIn = (xml: string): string[] =>
  [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = ""]) => textIn(entry, "Key"));

/** What asks for the next page. */
export function nextTokenIn(xml: string): string | undefined {
  const token = /<NextContinuationToken>(.*?)<\/NextContinuationToken>/s.exec(xml)?.[1];
  return token === undefined ? undefined : unescapeXml(token);
}

/** What an error says. */
export const reasonIn = (xml: string): string =>
  unescapeXml(/<Message>(.*?)<\/Message>/s.exec(xml)?.[1] ?? xml.slice(0, 200));

const textIn = (xml: string, name: string): string =>
  decodeURIComponent(
    unescapeXml(new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(xml)?.[1] ?? "").replaceAll("+", "%20"),
  );

const unescapeXml = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
