import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking";
import { migrate } from "../../../src/tracking/migration";
import { describeWithParts } from "../../support/parts";
import { pythonServer } from "../../support/python-server";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { fillRegistry } from "../python-registry/fill";
import { fillStore } from "../python-store/fill";
import { allRuns, expectRunsCarriedOver, registeredIn } from "./carried-over";

/** Versions whose files are on no server, or behind none: it refuses them. */
const UNREACHABLE = ["renamed"];

describeWithParts(["python"], "a store that is carried over", ({ python: { python } }) => {
  const theirs = pythonServer(python);

  test("to Python's server, on to ours, and home into a folder holds what it held", { timeout: 240_000 }, async () => {
    const folder = temporaryFolder();
    const first = new TrackingClient(join(folder, "mlruns"));
    await fillStore(first, folder);
    await fillRegistry(first);
    const { url: ours } = await startProgram(folder, [
      ...["server", "--port", "0", "--backend-store-uri", "sqlite:///ours.db"],
    ]);
    const home = join(temporaryFolder(), "mlruns");
    const known = async (client: TrackingClient) =>
      (await registeredIn(client)).filter(({ name }) => !UNREACHABLE.includes(name));
    const registered = await known(first);

    const stops = [{ uri: theirs.uri }, { uri: ours }, { uri: home }];
    let source = first;
    for (const { uri } of stops) {
      // Interrupted in the middle, and begun again.
      const warnings: string[] = [];
      const onProgress = (done: number) => {
        if (done === 3) throw new Error("interrupted");
      };
      await expect(migrate({ source: source.trackingUri, target: uri, onProgress })).rejects.toThrow("interrupted");
      const options = { source: source.trackingUri, target: uri, onWarning: (what: string) => warnings.push(what) };
      const { source: wanted, target: arrived } = await migrate(options);
      expect(warnings).toEqual(source === first ? [expect.stringMatching(/^version 1 of renamed was left out/)] : []);
      const target = new TrackingClient(uri);
      await expectRunsCarriedOver(source, target, { sameIds: uri === home });
      expect(await known(target)).toEqual(registered);
      const runs = await allRuns(target);
      // A version's run is the twin of what it was.
      for (const version of await target.searchModelVersions())
        if (version.runId) expect(runs.map(({ info }) => info.runId)).toContain(version.runId);
      // Begun a third time it finds nothing to do.
      expect(await migrate({ source: source.trackingUri, target: uri })).toEqual({ source: wanted, target: arrived });
      expect(await allRuns(target)).toHaveLength(runs.length);
      source = target;
    }
  });
});
