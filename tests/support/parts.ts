import { readFileSync } from "node:fs";
import { describe, TestRunner, test } from "vitest";
import { PART_STATES, type PartName, type PartPaths, type PartState, type PartStates } from "../../scripts/parts";

/**
 * The paths of a part that `npm run prepare-tests` supplies, for use inside a test. Where the part is missing the test
 * is reported as skipped, with the command that supplies it; under `CI=true` it fails.
 */
export function requirePart<Name extends PartName>(name: Name): PartPaths[Name] {
  const state = partState(name);
  if (state.ready) return state.paths;
  const note = describeMissing(name, state);
  if (!mustHaveAllParts()) TestRunner.getCurrentTest()?.context.skip(note);
  throw new Error(note);
}

/**
 * A `describe` whose tests, and hooks such as `beforeAll`, need parts: `body` gets their paths. Where one is missing a
 * single skipped test stands for the group and names the command that supplies it; under `CI=true` it fails.
 */
export function describeWithParts<Name extends PartName>(
  names: readonly Name[],
  title: string,
  body: (paths: Pick<PartPaths, Name>) => void,
): void {
  describe(title, () => {
    const states = names.map((name) => [name, partState(name)] as const);
    const missing = states.filter(([, state]) => !state.ready).map(([name]) => name);
    if (missing.length > 0) {
      test(`needs ${missing.join(", ")}`, () => {
        for (const name of missing) requirePart(name);
      });
      return;
    }
    const ready = states.map(([name, state]) => [name, state.ready && state.paths]);
    body(Object.fromEntries(ready) as Pick<PartPaths, Name>);
  });
}

function partState<Name extends PartName>(name: Name): PartState<Name> {
  return (readStates()?.[name] as PartState<Name> | undefined) ?? NOT_PREPARED;
}

const NOT_PREPARED = {
  ready: false,
  what: "a part that only the tests need",
  reason: "nothing was prepared yet",
  command: "npm run prepare-tests",
} as const;

function readStates(): PartStates | undefined {
  try {
    return JSON.parse(readFileSync(PART_STATES, "utf8"));
  } catch {
    return undefined;
  }
}

function describeMissing(name: PartName, state: PartState & { ready: false }): string {
  return `${name} is missing (${state.what}): ${state.reason}. To supply it: ${state.command}`;
}

function mustHaveAllParts(): boolean {
  return process.env.CI === "true";
}
