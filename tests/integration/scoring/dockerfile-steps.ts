import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

/** What a Dockerfile says how its image is used. */
export interface Image {
  readonly folder: string;
  readonly base: string;
  readonly user: string;
  readonly port: string;
  readonly healthcheck: readonly string[];
  readonly command: readonly string[];
}

/** Does what a Dockerfile says, instruction by instruction, in a folder in place of an image. One that is not understood is an error. */
export function buildFrom(context: string, folder: string): Image {
  const image = { folder, base: "", user: "root", port: "", healthcheck: [] as string[], command: [] as string[] };
  for (const line of readFileSync(join(context, "Dockerfile"), "utf8").split("\n")) {
    const [, instruction = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (line === "" || line.startsWith("#")) continue;
    if (instruction === "FROM") image.base = rest;
    else if (instruction === "USER") image.user = rest;
    else if (instruction === "EXPOSE") image.port = rest;
    else if (instruction === "WORKDIR") mkdirSync(folder, { recursive: true });
    else if (instruction === "COPY") copy(context, folder, rest.split(" "));
    else if (instruction === "RUN") execFileSync("sh", ["-c", rest], { cwd: folder, stdio: "pipe" });
    else if (instruction === "HEALTHCHECK") image.healthcheck = JSON.parse(rest.slice(rest.indexOf("CMD ") + 4));
    else if (instruction === "CMD") image.command = JSON.parse(rest);
    else if (instruction !== "ENV") throw new Error(`not understood: ${line}`);
  }
  return image;
}

/** Files go into a folder whose name ends with a slash, a folder's content into the folder. */
function copy(context: string, folder: string, paths: readonly string[]): void {
  const target = paths.at(-1) ?? "";
  for (const path of paths.slice(0, -1)) {
    const from = join(context, path);
    const isFolder = statSync(from).isDirectory();
    cpSync(from, isFolder ? join(folder, target) : join(folder, target, basename(path)), { recursive: true });
  }
}
