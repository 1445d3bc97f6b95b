import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkEnvironment, checkMode, maskUri } from "../../../src/cli/doctor/environment";
import { checkKernels, kernelFolders } from "../../../src/cli/doctor/kernels";
import { checkLibraries } from "../../../src/cli/doctor/libraries";
import { temporaryFolder } from "../../support/temporary-folder";

describe("environment", () => {
  test("shows what steers MLflow and trackbook, and no secret", () => {
    const env = {
      HOME: "/home/me",
      MLFLOW_TRACKING_URI: "https://me:pw@host/path",
      MLFLOW_TRACKING_PASSWORD: "pw",
      MLFLOW_S3_SECRET_ACCESS_KEY: "k",
      MLFLOW_KEYSTONE: "shown",
      TRACKBOOK_DISPLAY: "none",
    };
    expect(Object.fromEntries(checkEnvironment({}, env).map(({ name, text }) => [name, text]))).toEqual({
      MLFLOW_KEYSTONE: "shown",
      MLFLOW_S3_SECRET_ACCESS_KEY: "***",
      MLFLOW_TRACKING_PASSWORD: "***",
      MLFLOW_TRACKING_URI: "https://***@host/path",
      TRACKBOOK_DISPLAY: "none",
    });
    expect(checkEnvironment({ maskAll: true }, env).every(({ text }) => text === "***")).toBe(true);
    expect(maskUri("postgresql://u:p@h/db and mysql://x@h")).toBe("postgresql://***@h/db and mysql://***@h");
  });
});

test("the mode is told, and what is no mode", () => {
  expect(checkMode("")).toMatchObject({ state: "ok", text: "online: what programs log is recorded" });
  expect(checkMode("Disabled")).toMatchObject({ state: "warning", hint: "unset TRACKBOOK_MODE to record." });
  expect(checkMode("onlin")).toMatchObject({
    state: "warning",
    hint: expect.stringContaining('did you mean "online"'),
  });
});

describe("kernels", () => {
  const kernel = (folder: string, name: string, spec: object) => {
    mkdirSync(join(folder, "kernels", name), { recursive: true });
    writeFileSync(join(folder, "kernels", name, "kernel.json"), JSON.stringify(spec));
  };

  test("are those of our languages; one whose program is gone is named", () => {
    const data = temporaryFolder();
    kernel(data, "tslab", { argv: [process.execPath, "x"], display_name: "TypeScript", language: "typescript" });
    kernel(data, "gone", { argv: [join(data, "nowhere")], display_name: "Gone", language: "javascript" });
    kernel(data, "python3", { argv: ["python"], display_name: "Python", language: "python" });
    mkdirSync(join(data, "kernels/broken"));
    writeFileSync(join(data, "kernels/broken/kernel.json"), "{");
    const found = checkKernels({ platform: "linux", home: join(data, "home"), env: { JUPYTER_PATH: data } });
    const ours = found.filter(({ text }) => text.includes(data));
    expect(ours.map(({ name, state }) => [name, state])).toEqual([
      ["gone", "warning"],
      ["tslab", "ok"],
    ]);
  });

  test("are looked for where Jupyter looks on each system", () => {
    const env = { APPDATA: "/roaming", VIRTUAL_ENV: "/venv", JUPYTER_PATH: "/given" };
    const first = (platform: NodeJS.Platform) => kernelFolders({ platform, home: "/home/me", env }).slice(0, 3);
    expect(first("linux")).toEqual([
      "/given/kernels",
      "/home/me/.local/share/jupyter/kernels",
      "/venv/share/jupyter/kernels",
    ]);
    expect(first("darwin")[1]).toBe("/home/me/Library/Jupyter/kernels");
    expect(first("win32")[1]).toBe("/roaming/jupyter/kernels");
  });
});

describe("libraries", () => {
  const install = (folder: string, name: string, version: string) => {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, version }));
  };

  test("tested versions are good, others a warning, missing ones a line to type", () => {
    const folder = temporaryFolder();
    install(folder, "ml-regression", "99.0.0");
    install(folder, "@tensorflow/tfjs", "4.22.0");
    install(join(folder, "node_modules/@tensorflow/tfjs"), "@tensorflow/tfjs-layers", "4.22.0");
    const found = Object.fromEntries(checkLibraries(folder).map((finding) => [finding.name, finding]));
    expect(found["ml-regression"]).toMatchObject({ state: "warning", text: "99.0.0" });
    expect(found["@tensorflow/tfjs-layers"]).toMatchObject({ state: "ok", text: "4.22.0" });
    expect(found["ml-random-forest"]).toMatchObject({
      state: "note",
      hint: expect.stringMatching(/ ml-random-forest installs it/),
    });
  });
});
