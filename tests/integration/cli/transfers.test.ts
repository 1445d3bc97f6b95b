import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking";
import { describeWithParts } from "../../support/parts";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { onTerminal, trackbook } from "./command-line";

describeWithParts(["python"], "files that go to a server and come from it", ({ python: { python } }) => {
  test("are counted on a terminal, and nowhere else", async () => {
    const folder = temporaryFolder();
    const { url } = await startProgram(folder, ["server", "--port", "0"]);
    const { info } = await new TrackingClient(url).createRun("0");
    mkdirSync(join(folder, "plots"));
    for (let index = 0; index < 8; index++) writeFileSync(join(folder, `plots/${index}.txt`), "hello");
    const env = { MLFLOW_TRACKING_URI: url };
    const log = ["artifacts", "log-artifacts", "-l", "plots", "-r", info.runId, "-a", "plots"];
    const sent = await onTerminal({ python, folder, env }, log);
    expect(sent.code).toBe(0);
    for (const count of [1, 8]) expect(sent.shown).toMatch(new RegExp(`Uploading artifacts [█░]+ ${count}/8`));
    const fetch = ["artifacts", "download", "-r", info.runId, "-d", "fetched"];
    const fetched = await onTerminal({ python, folder, env }, fetch);
    expect(fetched.shown).toMatch(/Downloading artifacts █+ 8\/8\n/);
    expect(readdirSync(join(folder, "fetched/plots"))).toHaveLength(8);

    expect((await onTerminal({ python, folder, env }, [...fetch, "--quiet"])).shown).not.toContain("artifacts");
    const silent = { ...env, MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: "false" };
    expect((await onTerminal({ python, folder, env: silent }, log)).shown).not.toContain("Uploading");
    const piped = await trackbook(folder, fetch, env);
    expect([piped.code, piped.stderr]).toEqual([0, ""]);
  });
});
