import { mkdir, writeFile } from "node:fs/promises";
import { type Part, PART_STATES, PARTS, type PartName, type PartState } from "./parts";
import { CACHE } from "./repository";

/**
 * Puts everything that the tests need besides npm's packages into `.cache/` and writes `.cache/parts.json`. What cannot
 * be had is named with the command that would supply it; under `CI=true` that is a failure.
 */
async function prepareTests(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const started = new Map<PartName, Promise<PartState>>();

  const prepare = (part: Part): Promise<PartState> => {
    const known = started.get(part.name) ?? preparePart(part, Promise.all(part.needs.map(byName).map(prepare)));
    started.set(part.name, known);
    return known;
  };
  const states = await Promise.all(PARTS.map(async (part) => [part.name, await prepare(part)] as const));

  await writeFile(PART_STATES, `${JSON.stringify(Object.fromEntries(states), null, 2)}\n`);
  report(states);
}

async function preparePart(part: Part, needs: Promise<readonly PartState[]>): Promise<PartState> {
  const missing = (await needs).find((need) => !need.ready);
  if (missing && !missing.ready) return notReady(part, `it needs ${missing.what}`);
  const found = part.find();
  if (found) return { ready: true, paths: found };

  const start = Date.now();
  console.log(`preparing ${part.name}: ${part.what}`);
  const problem = await part.supply().then(
    () => undefined,
    (error: Error) => error.message,
  );
  const paths = part.find();
  if (!paths) return notReady(part, problem ?? "it was supplied, and yet is not there");
  console.log(`prepared ${part.name} in ${Math.round((Date.now() - start) / 1000)} s`);
  return { ready: true, paths };
}

function notReady(part: Part, reason: string): PartState {
  return { ready: false, what: part.what, reason, command: part.command };
}

function byName(name: PartName): Part {
  const part = PARTS.find((candidate) => candidate.name === name);
  if (!part) throw new Error(`no part is called ${name}`);
  return part;
}

function report(states: readonly (readonly [PartName, PartState])[]): void {
  const ready = states.filter(([, state]) => state.ready).map(([name]) => name);
  if (ready.length > 0) console.log(`ready for the tests: ${ready.join(", ")}`);
  for (const [name, state] of states) {
    if (state.ready) continue;
    console.error(
      `missing: ${name} (${state.what})\n  ${state.reason.replaceAll("\n", "\n  ")}\n  try: ${state.command}`,
    );
    if (process.env.CI === "true") process.exitCode = 1;
  }
}

prepareTests().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
