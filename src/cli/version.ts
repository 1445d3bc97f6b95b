import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder that this package is installed in. */
export const PACKAGE_FOLDER = join(__dirname, "../..");

/** This package's version. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE_FOLDER, "package.json"), "utf8")) as { version: string }).version;
}
