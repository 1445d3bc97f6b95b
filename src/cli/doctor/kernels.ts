import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { Finding } from "./finding";

/** The environment in which Jupyter looks for kernels. */
export interface JupyterPlaces {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const HERE: JupyterPlaces = { platform: process.platform, home: homedir(), env: process.env };
const LANGUAGES: ReadonlySet<string> = new Set(["typescript", "javascript", "tslab", "jslab"]);

/** The kernels for TypeScript and JavaScript that Jupyter would offer, found without Python. */
export function checkKernels(places: JupyterPlaces = HERE): Finding[] {
  const found = kernelFolders(places).flatMap(readKernels);
  const first = found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
  if (first.length > 0) return first;
  const hint = "npm i tslab && npx tslab install, or: deno jupyter --install.";
  return [{ topic: "kernels", name: "kernels", state: "note", text: "none for TypeScript or JavaScript", hint }];
}

/** Where kernelspecs lie, the first found wins: jupyter_core/paths.py, `jupyter_path`. */
export function kernelFolders({ platform, home, env }: JupyterPlaces): string[] {
  const prefixes = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((prefix) =>
    prefix ? join(prefix, "share/jupyter") : [],
  );
  const users: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, "Library/Jupyter"),
    win32: join(env.APPDATA ?? home, "jupyter"),
  };
  const user = users[platform] ?? join(env.XDG_DATA_HOME || join(home, ".local/share"), "jupyter");
  const system =
    platform === "win32"
      ? [join(env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  const given = (env.JUPYTER_PATH ?? "").split(delimiter).filter((path) => path !== "");
  return [...new Set([...given, env.JUPYTER_DATA_DIR || user, ...prefixes, ...system])].map((path) =>
    join(path, "kernels"),
  );
}

function readKernels(folder: string): Finding[] {
  return namesIn(folder).flatMap((name) => {
    const spec = readSpec(join(folder, name, "kernel.json"));
    if (!spec || !LANGUAGES.has(textOf(spec.language).toLowerCase())) return [];
    const argv = Array.isArray(spec.argv) ? spec.argv.map(textOf) : [];
    const gone = argv.find((part) => isAbsolute(part) && !existsSync(part));
    return {
      topic: "kernels" as const,
      name,
      state: gone === undefined ? ("ok" as const) : ("warning" as const),
      text: `${textOf(spec.display_name) || name} in ${join(folder, name)}`,
      hint: gone === undefined ? undefined : `it starts ${gone}, which is not there: install the kernel again.`,
    };
  });
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readSpec(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
