import { rm } from "node:fs/promises";
import { linkNotebooks } from "./notebooks/notebook-folder";
import { DIST } from "./repository";
import { runCommand } from "./run-command";
import { writeEsmWrappers } from "./write-esm-wrappers";

/** Builds the package into an empty `dist/`: CommonJS by plain tsc, then the ES module entries around it. */
async function build(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  const tsc = require.resolve("typescript/bin/tsc");
  await runCommand(process.execPath, [tsc, "-p", "tsconfig.build.json"]);
  await writeEsmWrappers();
  linkNotebooks();
}

build().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
