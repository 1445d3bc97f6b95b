/** Names of what passed, failed and was skipped. */
export interface Tally {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

/** The part of Vitest's JSON report (which is Jest's) that is read here. */
export interface TestReport {
  readonly testResults: readonly {
    /** Path of the test file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** A tally of one. */
export function tallyOf(name: string, state: keyof Tally): Tally {
  return { passed: [], failed: [], skipped: [], [state]: [name] };
}

/** All of them in one. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.flatMap((tally) => tally.passed),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/**
 * Counts each test once. Whatever neither passed nor failed was skipped; a file that failed outside its tests (it could
 * not be loaded, or a hook threw) counts as one failure.
 */
export function readTestTally(report: TestReport): Tally {
  return addTallies(
    report.testResults.flatMap(({ name, status, assertionResults }) => {
      const tests = assertionResults.map((test) => tallyOf(test.fullName, stateOf(test.status)));
      const explained = assertionResults.some((test) => test.status === "failed");
      return status === "failed" && !explained ? [...tests, tallyOf(name, "failed")] : tests;
    }),
  );
}

function stateOf(status: string): keyof Tally {
  return status === "passed" || status === "failed" ? status : "skipped";
}
