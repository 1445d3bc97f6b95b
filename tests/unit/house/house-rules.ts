import { posix } from "node:path";
import type { FileTexts } from "../../support/repository-files";
import { type Import, readImports } from "./imports";

/** The floors of the house, from the roof down: a file imports only from its own folder and from floors below it. */
export const FLOORS: readonly (readonly string[])[] = [
  ["index.ts", "register.ts"],
  ["cli"],
  ["server"],
  ["notebook"],
  ["autolog"],
  ["libraries"],
  ["models"],
  ["tracking"],
  ["stores", "artifacts"],
  ["search"],
  ["view"],
  ["runtime"],
  ["core"],
];

/** Each breach of the rules on imports among the files of `src/`, as a sentence that says how to mend it. */
export function importBreaches(files: FileTexts): readonly string[] {
  const imports = readImports(files);
  return [
    ...unknownFloors(files),
    ...imports.flatMap(upwardBreach),
    ...imports.flatMap(doorBreach),
    ...cycles(imports),
  ];
}

function unknownFloors(files: FileTexts): readonly string[] {
  const names = new Set([...files.keys()].map(roomOf));
  return [...names].filter((name) => floorOf(name) < 0).map((name) => `src/${name} is on no floor of the house`);
}

function upwardBreach({ from, to }: Import): readonly string[] {
  const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
  if (fromRoom === toRoom || floorOf(fromRoom) < floorOf(toRoom)) return [];
  return [`${from} imports ${to}: ${toRoom} is not below ${fromRoom}`];
}

function doorBreach({ from, to }: Import): readonly string[] {
  const folder = posix.dirname(to);
  const inside = `${posix.dirname(from)}/`.startsWith(`${folder}/`);
  if (inside || posix.basename(to) === "index.ts") return [];
  return [`${from} imports ${to}: a folder is entered through its index.ts`];
}

/** Cycles of files that load each other; imports of types alone load nothing. */
function cycles(imports: readonly Import[]): readonly string[] {
  const loads = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) if (!typeOnly) loads.set(from, [...(loads.get(from) ?? []), to]);

  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push(`files load each other: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
      return;
    }
    if (done.has(file)) return;
    for (const next of loads.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of loads.keys()) visit(file, []);
  return found;
}

/** `stores` for `src/stores/file/x.ts`, `index.ts` for `src/index.ts`. */
function roomOf(path: string): string {
  return path.split("/")[1] ?? path;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((floor) => floor.includes(room));
}

/** Files that are longer than 300 lines, and files or folders whose name says nothing of what they hold. */
export function shapeBreaches(files: FileTexts): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    const vague = path.split("/").find((part) => /^(utils?|helpers?|misc|common)(\.|$)/.test(part));
    return [
      ...(lines >= 300 ? [`${path} has ${lines} lines, fewer than 300 are allowed`] : []),
      ...(vague ? [`${path}: "${vague}" does not say what it holds`] : []),
    ];
  });
}
