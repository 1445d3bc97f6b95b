import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../../scripts/run-command";
import { PACKAGE } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { temporaryFolder } from "../../support/temporary-folder";

interface ListedRun {
  readonly info: { readonly run_name: string; readonly status: string };
  readonly outputs: { readonly model_outputs: readonly unknown[] };
}

/** What a demo says that installs the libraries that it missed. */
const installLine = (stdout: string): string | undefined =>
  stdout
    .split("\n")
    .find((text) => text.startsWith("  npm i "))
    ?.trim();

test("the packed tarball in an empty folder: the demo names the line that installs what trains, and trains after it", async () => {
  const folder = temporaryFolder();
  const tarballs = join(folder, "tarballs");
  const user = join(folder, "user");
  mkdirSync(tarballs);
  mkdirSync(user);
  await runCommand("npm", ["pack", "--ignore-scripts", "--pack-destination", tarballs], { cwd: PACKAGE });
  const tarball = join(tarballs, readdirSync(tarballs)[0] ?? "");
  await runCommand("npm", ["init", "-y"], { cwd: user });
  await runCommand("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd: user });
  const trackbook = (...args: string[]) =>
    runNode(join(user, "node_modules/.bin/trackbook"), args, user, {
      MLFLOW_TRACKING_URI: "",
      npm_config_user_agent: "",
      FORCE_COLOR: "0",
      TRACKBOOK_TESTING: "1",
    });

  const before = await trackbook("demo");
  expect(before).toMatchObject({ code: 0, stderr: "" });
  const line = installLine(before.stdout);
  expect(line).toBe("npm i ml-regression ml-random-forest @tensorflow/tfjs");
  expect(readdirSync(user)).not.toContain("mlruns");

  const install = async (packages: readonly string[]) =>
    runCommand("npm", ["i", ...packages, "--no-audit", "--no-fund", "--prefer-offline"], { cwd: user });
  const listed = async () => JSON.parse((await trackbook("runs", "list", "--json")).stdout) as ListedRun[];
  const names = (runs: readonly ListedRun[]) => runs.map(({ info }) => info.run_name);

  await install(["ml-regression"]);
  const first = await trackbook("demo");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(installLine(first.stdout)).toBe("npm i ml-random-forest @tensorflow/tfjs");
  expect(first.stdout).toMatch(/^miles per gallon +2 runs$/m);
  expect(names(await listed())).toEqual(["miles by horsepower", "miles by weight"]);
  const quiet = await trackbook("demo", "--quiet");
  expect(quiet).toMatchObject({ code: 0, stderr: "" });
  expect(quiet.stdout).toMatch(/^miles per gallon +2 runs$/m);
  expect(quiet.stdout).not.toMatch(/npm i |npx|The runs are in/);

  await install((line ?? "").split(" ").slice(2));
  const after = await trackbook("demo");
  expect(after.code).toBe(0);
  expect(after.stdout).not.toContain("npm i ");
  expect(after.stdout).toContain("★");
  expect(after.stdout).toContain("The runs are in mlruns.");
  // The runs of this demo and of no earlier one, side by side where they answer the same question.
  expect(after.stdout).toMatch(/^miles per gallon +3 runs$/m);
  expect(after.stdout).toMatch(/^species +2 runs$/m);

  const runs = (await listed()).slice(0, 5);
  expect(names(runs).sort()).toEqual([
    "iris species",
    "miles by everything",
    "miles by horsepower",
    "miles by weight",
    "penguin species",
  ]);
  for (const { info, outputs } of runs) {
    expect(info.status).toBe("FINISHED");
    expect(outputs.model_outputs).toHaveLength(1);
  }
  const doctor = await trackbook("doctor");
  expect(doctor).toMatchObject({ code: 0, stdout: expect.stringMatching(/✓ @tensorflow\/tfjs-layers +4\./) });
}, 400_000);
