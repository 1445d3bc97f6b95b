import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { expect, onTestFinished, test } from "vitest";
import { createTrackingApp, openBackend } from "../../../src/server/tracking";
import { restStore } from "../../../src/stores/rest";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeTrackingStore } from "../../unit/stores/tracking-store-suite";

/** A server of ours on a new file store, in this process, asked by HTTP. */
async function startServer(): Promise<string> {
  const folder = temporaryFolder();
  const backend = openBackend({
    storeUri: pathToFileURL(join(folder, "mlruns")).href,
    artifactsDestination: join(folder, "artifacts"),
  });
  const app = createTrackingApp(backend, { version: "0.1.0" });
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
      resolve(`http://127.0.0.1:${port}`);
    });
    onTestFinished(() => {
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
    });
  });
}

describeTrackingStore("a tracking server of ours", {
  open: async () => restStore({ uri: await startServer() }),
  placesModels: true,
  // No sign of a zero is left.
  numberKept: (value) => value + 0,
});

test("of many who want one tag of a run at the same moment, one gets it from a server of ours", async () => {
  const uri = await startServer();
  const store = restStore({ uri });
  const options = { experimentId: "0", runName: "shared", userId: "me", startTime: 1, tags: [] };
  const { runId } = (await store.createRun(options)).info;
  for (let number = 1; number <= 5; number++) {
    const tag = { key: `estimator_name-${number}`, value: "net" };
    const claims = await Promise.all(Array.from({ length: 12 }, () => restStore({ uri }).claimTag(runId, tag)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  }
});

test("the filters of a server of ours have OR, NOT and parentheses for clients of ours", async () => {
  const store = restStore({ uri: await startServer() });
  for (const runName of ["one", "two", "three"])
    await store.createRun({ experimentId: "0", runName, userId: "me", startTime: 1, tags: [] });
  const filter = "(run_name = 'one' OR run_name = 'two') AND NOT run_name = 'two'";
  const { items } = await store.searchRuns(["0"], { filter });
  expect(items.map(({ info }) => info.runName)).toEqual(["one"]);
});
