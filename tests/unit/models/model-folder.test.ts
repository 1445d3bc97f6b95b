import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  captureTable,
  inferSignature,
  modelFolderFiles,
  saveModelFolder,
  sizeOfFiles,
  type ModelFile,
  type ModelFolderDetails,
  type ModelSnapshot,
} from "../../../src/models";

const snapshot: ModelSnapshot = {
  files: [
    { path: "model.json", bytes: "{}" },
    { path: "data/weights.bin", bytes: Uint8Array.of(1, 2, 3) },
  ],
  config: { package: "ml-regression", package_version: "6.3.0", export: "SLR", data: "model.json" },
};
const details: ModelFolderDetails = { flavor: "ml-regression", utcTime: Date.UTC(2026, 10, 22, 4, 30, 7, 28) };
const textOf = (files: readonly ModelFile[], path: string) => {
  const file = files.find((one) => one.path === path);
  return typeof file?.bytes === "string" ? file.bytes : undefined;
};
const mlmodel = (extra: Partial<ModelFolderDetails> = {}) =>
  parse(textOf(modelFolderFiles(snapshot, { ...details, ...extra }), "MLmodel") as string);

describe("a model's folder", () => {
  it("has MLflow's MLmodel, its fields sorted", () => {
    const files = modelFolderFiles(snapshot, {
      ...details,
      modelId: "m-1",
      runId: "r",
      artifactPath: "file:///m",
      metadata: { k: 1 },
      signature: inferSignature([1], [1]),
    });
    expect(textOf(files, "MLmodel")).toBe(`artifact_path: file:///m
flavors:
  ml-regression:
    data: model.json
    export: SLR
    node_version: ${process.versions.node}
    package: ml-regression
    package_version: 6.3.0
is_signature_from_type_hint: false
metadata:
  k: 1
mlflow_version: 3.17.2
model_id: m-1
model_size_bytes: 5
model_uuid: m-1
prompts: null
run_id: r
signature:
  inputs: '[{"type":"tensor","tensor-spec":{"dtype":"float64","shape":[-1]}}]'
  outputs: '[{"type":"tensor","tensor-spec":{"dtype":"float64","shape":[-1]}}]'
  params: null
type_hint_from_example: false
utc_time_created: '2026-11-22 04:30:07.028000'
`);
  });

  it("says of a saved model no run, and gives it a random uuid", () => {
    const [one, other] = [mlmodel(), mlmodel()];
    expect(one).toMatchObject({ model_id: null, model_uuid: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(one.model_uuid).not.toBe(other.model_uuid);
    for (const key of ["run_id", "artifact_path", "signature", "saved_input_example_info", "metadata"])
      expect(one).not.toHaveProperty(key);
  });

  it("has MLmodel last, so that a folder written in order is a model only when it is whole", () => {
    expect(modelFolderFiles(snapshot, details).map(({ path }) => path)).toEqual([
      "model.json",
      "data/weights.bin",
      "MLmodel",
    ]);
  });

  it("keeps a table as example in MLflow's split form", () => {
    const data = captureTable([
      { a: 1, b: "x", c: 2n },
      { a: Number.NaN, b: null, c: 3n },
    ]);
    const files = modelFolderFiles(snapshot, { ...details, inputExample: { data } });
    const example = {
      columns: ["a", "b", "c"],
      data: [
        [1, "x", 2],
        [null, null, 3],
      ],
    };
    expect(JSON.parse(textOf(files, "input_example.json") as string)).toEqual(example);
    expect(textOf(files, "serving_input_example.json")).toBe(JSON.stringify({ dataframe_split: example }, null, 2));
    expect(mlmodel({ inputExample: { data } }).saved_input_example_info).toEqual({
      artifact_path: "input_example.json",
      pandas_orient: "split",
      serving_input_path: "serving_input_example.json",
      type: "dataframe",
    });
  });

  it("keeps tensors as nested lists, and params beside them", () => {
    const data = captureTable(
      Array.from({ length: 100 }, (_, index) => [index, 1]),
      { maxRows: 2 },
    );
    const files = modelFolderFiles(snapshot, { ...details, inputExample: { data, params: { t: 1 } } });
    expect(textOf(files, "input_example.json")).toBe('{"inputs":[[0,1],[50,1]],"params":{"t":1}}');
    expect(JSON.parse(textOf(files, "serving_input_example.json") as string)).toEqual({
      inputs: [
        [0, 1],
        [50, 1],
      ],
      params: { t: 1 },
    });
    expect(mlmodel({ inputExample: { data, params: { t: 1 } } }).saved_input_example_info).toMatchObject({
      type: "ndarray",
      params: "true",
    });
  });

  it("does without an example that has no values", () => {
    expect(mlmodel({ inputExample: { data: captureTable([]) } })).not.toHaveProperty("saved_input_example_info");
  });

  it("refuses metadata that is no JSON, and files that leave the folder", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(() => mlmodel({ metadata: cyclic })).toThrow(/metadata of a model cannot be written as JSON/);
    expect(() => modelFolderFiles({ files: [{ path: "../x", bytes: "" }], config: {} }, details)).toThrow(
      /artifact path/,
    );
  });
});

describe("saveModelFolder", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "trackbook-models-"));
  });
  const files = modelFolderFiles(snapshot, details);

  it("writes every file, making the folders above, and leaves nothing else", async () => {
    await saveModelFolder(join(root, "deep/er/model"), files);
    expect(await readdir(join(root, "deep/er"))).toEqual(["model"]);
    expect((await readdir(join(root, "deep/er/model"))).sort()).toEqual(["MLmodel", "data", "model.json"]);
    expect(new Uint8Array(await readFile(join(root, "deep/er/model/data/weights.bin")))).toEqual(
      Uint8Array.of(1, 2, 3),
    );
    expect(sizeOfFiles(snapshot.files)).toBe(5);
  });

  it("takes an empty folder", async () => {
    await mkdir(join(root, "model"));
    await saveModelFolder(join(root, "model"), files);
    expect(await readdir(join(root, "model"))).toHaveLength(3);
  });

  it("refuses a folder that holds something, and leaves it as it is", async () => {
    await writeFile(join(root, "mine.txt"), "x");
    await expect(saveModelFolder(root, files)).rejects.toMatchObject({
      code: "RESOURCE_ALREADY_EXISTS",
      hint: expect.any(String),
    });
    expect(await readdir(root)).toEqual(["mine.txt"]);
  });

  it("refuses a path that is a file", async () => {
    await writeFile(join(root, "model"), "x");
    await expect(saveModelFolder(join(root, "model"), files)).rejects.toMatchObject({
      code: "RESOURCE_ALREADY_EXISTS",
    });
    expect(await readFile(join(root, "model"), "utf8")).toBe("x");
  });

  it("says when the place cannot be written", async () => {
    await writeFile(join(root, "file"), "x");
    await expect(saveModelFolder(join(root, "file/model"), files)).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
  });

  it("leaves nothing behind when a file cannot be written", async () => {
    const clash: ModelFile[] = [
      { path: "a", bytes: "x" },
      { path: "a/b", bytes: "y" },
    ];
    await expect(saveModelFolder(join(root, "model"), clash)).rejects.toMatchObject({
      code: "INTERNAL_ERROR",
      cause: expect.anything(),
    });
    expect(await readdir(root)).toEqual([]);
  });

  it("lets one of two that save to the same place at once win whole", async () => {
    const results = await Promise.allSettled([1, 2].map(() => saveModelFolder(join(root, "model"), files)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await readdir(root)).toEqual(["model"]);
    expect(await readdir(join(root, "model"))).toHaveLength(3);
  });
});
