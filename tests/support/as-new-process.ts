/**
 * In the inner loop the unit tests of a worker run in one process, for most of their time would be the loading of the same
 * modules. What a file chose for its whole process is taken back here before the next one.
 */
import { afterAll } from "vitest";
import { autolog, prepareAutolog } from "../../src/autolog";
import { globalSlot } from "../../src/core";
import type { Integration } from "../../src/libraries";
import { integrations } from "../../src/libraries/integrations";

const slot = <T>(name: string) =>
  globalSlot<T>(name, () => {
    throw new Error(`trackbook has no "${name}" in a process any more: tests/support/as-new-process.ts names it`);
  });
const environment = { ...process.env };
const folder = process.cwd();

afterAll(() => {
  process.chdir(folder);
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  autolog({ disable: true });
  slot<Set<string>>("warnings").clear();
  slot<Set<string>>("modules-left-alone").clear();
  Object.assign(slot<object>("tracking-uri"), { tracking: undefined, registry: undefined });
  Object.assign(slot<object>("experiment"), { choice: undefined });
  // A training that a test left unfinished holds nobody up any more.
  const background = slot<{ busy: number; readonly jobs: Set<unknown> }>("background");
  background.busy = 0;
  background.jobs.clear();
  Object.assign(slot<object>("session"), { depth: 0 });
  const known = slot<Map<string, Integration>>("integrations");
  known.clear();
  for (const integration of integrations) known.set(integration.name, integration);
  prepareAutolog();
});
