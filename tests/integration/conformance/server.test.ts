import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";

/** Checks that a kind of store cannot pass, because MLflow's own of that kind does not either. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // A file store appends every point; Python's does as well, which the program knows where it opens the folder itself.
  file: ["metric.identical row is stored once"],
};

/** The whole program makes so many checks over HTTP, and one more for each that is excepted. */
const CHECKS = 566;

/** Runs the program against a server and answers how it ended: `560 passed, 6 failed`, and each failure. */
async function conformance(python: string, url: string, excluded: readonly string[]): Promise<string> {
  const child = spawn(python, [join(__dirname, "conformance.py"), url, "--exclude", excluded.join(",")], {
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  await new Promise((resolve) => child.on("close", resolve));
  const failures = output.split("\n").filter((line) => line.startsWith("FAIL"));
  return [/\d+ passed, \d+ failed/.exec(output)?.[0] ?? output, ...failures].join("\n");
}

describeWithParts(["python"], "Python's client finds what it expects of trackbook server", ({ python: { python } }) => {
  test.each([
    ["file", "./runs"],
    ["SQLite", "sqlite:///runs.db"],
  ])("on a %s store", async (kind, uri) => {
    const server = await startProgram(temporaryFolder(), ["server", "--backend-store-uri", uri, "-p", "0"]);
    const excluded = EXCEPTIONS[kind] ?? [];
    expect(await conformance(python, server.url, excluded)).toBe(`${CHECKS - excluded.length} passed, 0 failed`);
    expect(server.output().stderr).toBe("");
  });
});
