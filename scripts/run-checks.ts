import { readFileSync, rmSync } from "node:fs";
import { TEST_REPORT } from "./repository";
import { runCommand } from "./run-command";
import { addTallies, readTestTally, type Tally, tallyOf } from "./test-tally";

/**
 * Runs all that a change must pass, each check even where an earlier one failed, names what was skipped or failed, and
 * ends with the plain line `N passed, N failed, N skipped`: each test is one, and so are lint and types.
 */
async function runChecks(): Promise<void> {
  const tests = await runTests();
  const checks = [await runCheck("lint"), await runCheck("typecheck")];
  const total = addTallies([tests, ...checks]);

  for (const name of total.failed) console.log(`failed: ${name}`);
  for (const name of total.skipped) console.log(`skipped: ${name}`);
  console.log(`${total.passed.length} passed, ${total.failed.length} failed, ${total.skipped.length} skipped`);
  if (total.failed.length + total.skipped.length > 0) process.exitCode = 1;
}

/** `npm test`, with Vitest's report read back; a run that fails without naming a test counts as one failure. */
async function runTests(): Promise<Tally> {
  rmSync(TEST_REPORT, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${TEST_REPORT}`];
  const check = await runCheck("test", "--", ...reporters);
  let tally: Tally;
  try {
    tally = readTestTally(JSON.parse(readFileSync(TEST_REPORT, "utf8")));
  } catch {
    return tallyOf("npm test", "failed");
  }
  if (tally.passed.length === 0) return addTallies([tally, tallyOf("npm test ran no test", "failed")]);
  const unnamed = check.failed.length > 0 && tally.failed.length === 0;
  return unnamed ? addTallies([tally, check]) : tally;
}

async function runCheck(script: string, ...args: string[]): Promise<Tally> {
  console.log(`\n— npm run ${script}`);
  return runCommand("npm", ["run", "--silent", script, ...args], { output: "inherit" }).then(
    () => tallyOf(`npm run ${script}`, "passed"),
    () => tallyOf(`npm run ${script}`, "failed"),
  );
}

runChecks().catch((error: Error) => {
  console.error(error.message);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
});
