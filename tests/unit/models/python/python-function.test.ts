import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inferSignature, type ModelSnapshot, modelFolderFiles } from "../../../../src/models";
import { packageLoader, PackageMissing } from "../../../../src/models/python/node/packages";
import { oneModule } from "../../../../src/models/python/one-module";
import { findPythonVersion } from "../../../../src/models/python/python-version";
import { temporaryFolder } from "../../../support/temporary-folder";

const write = (path: string, text = ""): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

describe("a model's folder", () => {
  const snapshot: ModelSnapshot = {
    files: [{ path: "data/model.json", bytes: "{}" }],
    config: { package: "ml-regression", data: "data/model.json" },
    predictorCode: "exports.predictor = {};",
  };
  const signature = inferSignature([[1, 2]], [1]);
  const files = modelFolderFiles(snapshot, { flavor: "ml-regression", utcTime: 0, signature });
  const textOf = (path: string) => String(files.find((file) => file.path === path)?.bytes);
  const mlmodel = parse(textOf("MLmodel"));

  test("has a python_function flavor, whose loader lies in code/", () => {
    expect(mlmodel.flavors.python_function).toEqual({
      code: "code",
      env: { conda: "conda.yaml", virtualenv: "python_env.yaml" },
      loader_module: "trackbook_loader_v1",
      model_path: "data/model.json",
      python_version: expect.stringMatching(/^3\.\d+(\.\d+)?$/),
    });
    expect(files.map(({ path }) => path.replace("code/trackbook_loader_v1/", "… "))).toEqual([
      "data/model.json",
      "… __init__.py",
      "… answer.py",
      "… cells.py",
      "… errors.py",
      "… node_process.py",
      "… request.py",
      "… main.cjs",
      "… predictor.cjs",
      "… model.json",
      "requirements.txt",
      "conda.yaml",
      "python_env.yaml",
      "MLmodel",
    ]);
    expect(textOf("code/trackbook_loader_v1/predictor.cjs")).toBe(snapshot.predictorCode);
    expect(JSON.parse(textOf("code/trackbook_loader_v1/model.json"))).toEqual({
      config: snapshot.config,
      inputs: signature.toJSON().inputs,
      outputs: signature.toJSON().outputs,
    });
    expect(mlmodel.model_size_bytes).toBe(
      files.slice(0, -1).reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes), 0),
    );
    expect(mlmodel.model_size_bytes).toBeLessThan(64_000);
  });

  test("says how MLflow makes an environment for it", () => {
    const { python_version: version } = mlmodel.flavors.python_function;
    expect(parse(textOf("python_env.yaml"))).toEqual({
      python: version,
      build_dependencies: ["pip", "setuptools", "wheel"],
      dependencies: ["-r requirements.txt"],
    });
    expect(textOf("requirements.txt")).toBe("mlflow>=2,<4\n");
    expect(parse(textOf("conda.yaml"))).toMatchObject({
      dependencies: [`python=${version}`, "nodejs>=20.19", "pip", { pip: ["mlflow>=2,<4"] }],
    });
  });

  test("has none of it where the flavor does not say how it is asked", () => {
    const { predictorCode, ...rest } = snapshot;
    const [first, last, ...more] = modelFolderFiles(rest, { flavor: "ml-regression", utcTime: 0 });
    expect([first?.path, last?.path, more]).toEqual(["data/model.json", "MLmodel", []]);
    expect(parse(String(last?.bytes)).flavors).not.toHaveProperty("python_function");
  });
});

describe("the version of Python", () => {
  test("is that of the virtual environment", () => {
    const folder = temporaryFolder();
    write(join(folder, "pyvenv.cfg"), "home = /usr/bin\nversion = 3.12.4\n");
    expect(findPythonVersion({ VIRTUAL_ENV: folder, PATH: "" })).toBe("3.12.4");
    write(join(folder, "bin/python3"));
    expect(findPythonVersion({ PATH: join(folder, "bin") })).toBe("3.12.4");
  });

  test("is in the name of what python3 leads to, in the first folder that has it", () => {
    const folder = temporaryFolder();
    write(join(folder, "empty/other"));
    write(join(folder, "real/python3.10"));
    mkdirSync(join(folder, "bin"));
    symlinkSync(join(folder, "real/python3.10"), join(folder, "bin/python3"));
    expect(findPythonVersion({ PATH: `${join(folder, "empty")}:${join(folder, "bin")}` })).toBe("3.10");
  });

  test("is what pyenv was told", () => {
    const folder = temporaryFolder();
    write(join(folder, "shims/python3"));
    write(join(folder, "version"), "3.11.7\n3.9.1\n");
    const PATH = join(folder, "shims");
    expect(findPythonVersion({ PATH })).toBe("3.11.7");
    expect(findPythonVersion({ PATH, PYENV_VERSION: "3.13.0" })).toBe("3.13.0");
  });

  test("is unknown where there is none", () => {
    expect(findPythonVersion({ PATH: temporaryFolder() })).toBeUndefined();
    expect(findPythonVersion({})).toBeUndefined();
  });
});

describe("a model's packages", () => {
  const install = (folder: string, text: string) => write(join(folder, "node_modules/some-package/index.js"), text);

  test("are looked for in its folder, then in TRACKBOOK_NODE_PATH, then from the working directory", () => {
    const [model, extra, other, cwd] = [temporaryFolder(), temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const path = `${join(extra, "node_modules")}:${other}`;
    const load = () => packageLoader(model, path, cwd)("some-package");
    expect(load).toThrow(PackageMissing);
    install(cwd, "module.exports = 'working directory'");
    expect(load()).toBe("working directory");
    install(other, "module.exports = 'a folder with node_modules'");
    expect(load()).toBe("a folder with node_modules");
    install(extra, "module.exports = 'a node_modules folder'");
    expect(load()).toBe("a node_modules folder");
    install(model, "module.exports = 'model'");
    expect(load()).toBe("model");
    expect(packageLoader(model, undefined, cwd)("some-package")).toBe("model");
    install(join(cwd, "inner"), "module.exports = 'relative to the working directory'");
    expect(packageLoader(temporaryFolder(), "inner", cwd)("some-package")).toBe("relative to the working directory");
  });

  test("that are there but do not load say why themselves", () => {
    const model = realpathSync(temporaryFolder());
    install(model, "throw new TypeError('broken')");
    expect(() => packageLoader(model, undefined, model)("some-package")).toThrow("broken");
  });
});

test("modules as one: each is run once, and may require the others and what Node has", () => {
  const code = oneModule(
    {
      main: `"use strict";\nconst a = require("./a"); seen.push(a.value, require("./a") === a, require("node:path").sep.length);`,
      a: `"use strict";\nexports.value = require("./b").value + 1;`,
      b: "exports.value = 1;",
    },
    "main",
  );
  const seen: unknown[] = [];
  new Function("require", "seen", code)(require, seen);
  expect(seen).toEqual([2, true, 1]);
});
