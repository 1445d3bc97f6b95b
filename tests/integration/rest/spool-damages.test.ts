import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Run, TrackingClient } from "../../../src";
import { createInstalledFolder, PACKAGE } from "../../support/installed-folder";
import { describeWithParts } from "../../support/parts";
import { pythonServer } from "../../support/python-server";
import { runNode } from "../../support/run-node";

/** One bit of what the disk gets of one record is another. */
const PROGRAM = `
  const tb = require("trackbook");
  const fs = require("node:fs");
  const { writeSync } = fs;
  fs.writeSync = (descriptor, bytes, ...rest) => {
    if (Buffer.isBuffer(bytes) && bytes.includes('"lost"')) bytes[7] ^= 0x10;
    return writeSync(descriptor, bytes, ...rest);
  };
  (async () => {
    tb.startRun();
    tb.logParam("before", 1);
    await tb.flush();
    tb.logParam("lost", 1);
    await tb.flush();
    tb.logParam("behind", 1);
  })();
`;

describeWithParts(["python"], "a record that the disk damages while the program runs", ({ python: { python } }) => {
  const server = pythonServer(python);
  let folder: string;
  beforeAll(() => {
    folder = createInstalledFolder();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: readonly string[]) =>
    runNode(process.execPath, args, folder, {
      MLFLOW_TRACKING_URI: server.uri,
      MLFLOW_EXPERIMENT_NAME: "damaged",
      TRACKBOOK_TESTING: "1",
      TRACKBOOK_CONNECT_TIMEOUT: "20000",
    });
  const logged = async (): Promise<Run | undefined> => {
    const client = new TrackingClient(server.uri);
    const experiment = await client.getExperimentByName("damaged");
    return (await client.searchRuns([experiment?.experimentId ?? ""]))[0];
  };

  test("leaves what is behind it to trackbook sync", async () => {
    writeFileSync(join(folder, "program.cjs"), PROGRAM);
    const ended = await run("program.cjs");
    expect(ended.stderr).toMatch(/^trackbook: what was logged stays in .*\n$/);
    expect((await logged())?.data.params).toEqual({ before: "1" });
    const sent = await run(join(PACKAGE, "dist/cli/index.js"), "sync");
    expect(sent.code).toBe(1);
    expect(sent.stderr).toContain("is damaged and was not sent");
    const found = await logged();
    expect(found?.data.params).toEqual({ before: "1", behind: "1" });
    expect(found?.info.status).toBe("FINISHED");
  });
});
