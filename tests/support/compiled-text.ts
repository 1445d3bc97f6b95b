import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "../../scripts/repository";

/** Takes the place of src/core/disk/shipped-text.ts where tests run the sources: compiled code is compiled here, and kept by what it was. */
export function shippedText(folder: string, path: string): string {
  const file = join(folder, path);
  const source = file.replace(/\.js$/, ".ts");
  return source !== file && existsSync(source) ? compiled(readFileSync(source, "utf8")) : readFileSync(file, "utf8");
}

function compiled(source: string): string {
  const kept = join(CACHE, "compiled", createHash("sha256").update(`node16:${source}`).digest("hex"));
  if (existsSync(kept)) return readFileSync(kept, "utf8");
  const { ModuleKind, ScriptTarget, transpile } = require("typescript") as typeof import("typescript");
  const options = { module: ModuleKind.Node16, target: ScriptTarget.ES2022, esModuleInterop: true };
  const code = transpile(source, options, "source.ts");
  mkdirSync(join(CACHE, "compiled"), { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}
