#!/usr/bin/env node
import { errorCode } from "../core";
import { runCommandLine } from "./program";

// `trackbook runs list | head -1` closes the pipe early, which is no failure.
process.stdout.on("error", (cause) => {
  if (errorCode(cause) !== "EPIPE") throw cause;
  process.exit(0);
});

if (process.argv.includes("--no-color")) {
  process.env.NO_COLOR = "1";
  delete process.env.FORCE_COLOR;
}

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
