import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { TRACKBOOK, trackbook } from "../cli/command-line";
import { buildFrom } from "./dockerfile-steps";
import { folderOfModels, predictRow } from "./served-process";
import { freePort } from "../../../scripts/free-port";

let folder: string;
beforeAll(async () => {
  folder = await folderOfModels();
  writeFileSync(join(folder, "rows.json"), '{"inputs":{"a":[1],"b":[2]}}');
  writeFileSync(join(folder, "rows.csv"), "b,a\n2,1\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NINE = { predictions: [[expect.closeTo(9, 9)]] };

describe("trackbook models predict", () => {
  test("reads a file of JSON or CSV, and prints the predictions or writes them", async () => {
    const json = await trackbook(folder, ["models", "predict", "-m", "linear", "-i", "rows.json"]);
    expect({ ...json, stdout: JSON.parse(json.stdout) }).toEqual({ code: 0, stdout: NINE, stderr: "" });
    const csv = await trackbook(folder, [
      "models",
      "predict",
      "-m",
      "linear",
      "-i",
      "rows.csv",
      "-t",
      "csv",
      "-o",
      "out.json",
    ]);
    expect(csv).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toEqual(NINE);
  });

  test.each([[[]], [["-i", "-"]]])("reads stdin %j", (args) => {
    const input = '{"dataframe_records":[{"a":1,"b":2}]}';
    const stdout = execFileSync(process.execPath, [TRACKBOOK, "models", "predict", "-m", "linear", ...args], {
      cwd: folder,
      input,
    });
    expect(JSON.parse(stdout.toString())).toEqual(NINE);
  });

  test.each([
    [["-i", "nothing.json"], /cannot be read.*nothing\.json/],
    [["-i", "rows.csv"], /not valid JSON/],
    [["-i", "rows.json", "-o", "no/such/folder/out.json"], /cannot be written.*out\.json/],
  ])("what goes wrong is told in one line: %j", async (args, said) => {
    const { code, stdout, stderr } = await trackbook(folder, ["models", "predict", "-m", "linear", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toMatch(said);
  });
});

describe("--env isolated", () => {
  test("takes the packages that are pinned with the model, and no others", async () => {
    const env = { XDG_CACHE_HOME: join(folder, "cache") };
    const args = ["models", "predict", "-m", "linear", "-i", "rows.json"];
    const first = await trackbook(folder, [...args, "--env", "isolated"], env);
    expect({ ...first, stdout: JSON.parse(first.stdout) }).toEqual({
      code: 0,
      stdout: NINE,
      stderr: expect.stringMatching(/^Installing the packages that are pinned with the model into .*cache.*\n$/),
    });
    const again = await trackbook(folder, [...args, "--env-manager", "uv"], env);
    expect({ ...again, stdout: JSON.parse(again.stdout) }).toEqual({ code: 0, stdout: NINE, stderr: "" });

    const environments = join(env.XDG_CACHE_HOME, "trackbook/environments");
    const [name = ""] = readdirSync(environments);
    const installed = join(environments, name, "node_modules/ml-regression");
    const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { version: string };
    writeFileSync(
      join(installed, "package.json"),
      JSON.stringify({ name: "ml-regression", version, main: "changed.js" }),
    );
    writeFileSync(
      join(installed, "changed.js"),
      "const load = () => ({ predict: () => ['from the cache'] }); module.exports = { NLR: {}, MultivariateLinearRegression: { load } };",
    );
    const changed = await trackbook(folder, [...args, "--env", "isolated"], env);
    expect(JSON.parse(changed.stdout)).toEqual({ predictions: ["from the cache"] });
    expect(JSON.parse((await trackbook(folder, args, env)).stdout)).toEqual(NINE);
  });

  test("of a model that pins nothing is an error", async () => {
    cpSync(join(folder, "linear"), join(folder, "unpinned"), { recursive: true });
    rmSync(join(folder, "unpinned/package-lock.json"));
    const args = ["models", "predict", "-m", "unpinned", "-i", "rows.json", "--env", "isolated"];
    const { code, stderr } = await trackbook(folder, args, { XDG_CACHE_HOME: join(folder, "cache") });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]*package-lock\.json[^\n]*\n$/);
  });
});

describe("trackbook models generate-dockerfile", () => {
  test("writes what builds a server: its steps, done here, give one that is healthy and predicts", {
    timeout: 400_000,
  }, async () => {
    const made = await trackbook(folder, ["models", "generate-dockerfile", "-m", "linear", "-d", "docker"]);
    expect(made).toMatchObject({ code: 0, stdout: "docker\n" });
    const image = buildFrom(join(folder, "docker"), join(folder, "image"));
    expect(image).toMatchObject({ base: expect.stringMatching(/^node:\d+-slim$/), user: "node", port: "8080" });

    const port = await freePort();
    const onPort = (words: readonly string[]) => words.map((word) => word.replaceAll(image.port, String(port)));
    const isHealthy = (): boolean => {
      try {
        execFileSync(process.execPath, onPort(image.healthcheck).slice(1), { cwd: image.folder, stdio: "ignore" });
        return true;
      } catch {
        return false;
      }
    };
    expect(isHealthy()).toBe(false);
    const { NODE_PATH: _path, ...env } = process.env;
    const child = spawn(process.execPath, onPort(image.command).slice(1), { cwd: image.folder, env });
    onTestFinished(() => void child.kill("SIGKILL"));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(isHealthy()).toBe(true);
    expect(await predictRow(`http://127.0.0.1:${port}`, 1, 2)).toEqual({ status: 200, body: NINE });
    // The library that predicts is the model's own.
    expect(existsSync(join(image.folder, "model/node_modules/ml-regression"))).toBe(true);
    child.kill("SIGTERM");
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
  });

  test("refuses a folder that holds something", async () => {
    const { code, stderr } = await trackbook(folder, ["models", "generate-dockerfile", "-m", "linear", "-d", "linear"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: linear exists already and is not empty\..*\n$/);
  });
});
