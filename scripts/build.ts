import { cp, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { linkNotebooks } from "./notebooks/notebook-folder";
import { DIST, REPOSITORY } from "./repository";
import { runCommand } from "./run-command";
import { writeEsmWrappers } from "./write-esm-wrappers";

/** Builds the package into an empty `dist/`: CommonJS by plain tsc, then the ES module entries around it. */
async function build(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  const tsc = require.resolve("typescript/bin/tsc");
  await runCommand(process.execPath, [tsc, "-p", "tsconfig.build.json"]);
  await writeEsmWrappers();
  await copyShipped();
  linkNotebooks();
}

/** What Python runs of the package goes along as it is, and the schemas of databases. */
async function copyShipped(): Promise<void> {
  const source = join(REPOSITORY, "src");
  const isShipped = (path: string) =>
    [".py", ".sql"].includes(extname(path)) || (!extname(path) && !path.endsWith("__pycache__"));
  await cp(source, DIST, { recursive: true, filter: isShipped });
}

build().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
