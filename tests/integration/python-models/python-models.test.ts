import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays } from "apache-arrow";
import fc from "fast-check";
import { PolynomialRegression, SimpleLinearRegression } from "ml-regression";
import { afterAll, beforeAll, expect, it } from "vitest";
import { logModel } from "../../../src/libraries";
import {
  captureTable,
  dataset,
  declareSignature,
  inferSignature,
  modelFolderFiles,
  saveModelFolder,
  type ModelFolderDetails,
} from "../../../src/models";
import { contextTags, setTrackingUri, startRun } from "../../../src/tracking";
import { describeWithParts } from "../../support/parts";
import { startPythonPeer, type PythonPeer } from "../../support/python-peer";

const ROWS = [
  { age: 31, name: "Ada", seen: new Date(0), tags: ["x"], place: { lat: 1, label: "a" }, n: 1n, ok: true },
  { age: 2.5, name: null, seen: new Date(1), tags: [], place: { lat: 2 }, n: 2n, ok: false },
];
const PARAMS = { t: 0.5, whole: 1, n: 3n, stop: ["a", "b"], on: true, at: new Date(0), later: new Date(1), text: "é" };

interface ReadModel {
  readonly signature: Readonly<Record<string, string | null>> | null;
  readonly signature_text: string;
  readonly metadata: unknown;
  readonly example_type: string;
  readonly example: unknown;
  readonly serving: string;
}

describeWithParts(["python"], "Python reads", ({ python }) => {
  let peer: PythonPeer;
  let root: string;
  let folders = 0;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "trackbook-models-"));
    peer = startPythonPeer(python.python, join(__dirname, "models.py"), { folder: root });
  });
  afterAll(() => {
    peer.close();
    rmSync(root, { recursive: true });
  });

  const save = async (details: Partial<ModelFolderDetails>) => {
    const snapshot = {
      files: [{ path: "model.json", bytes: "{}" }],
      config: { package: "ml-regression", data: "model.json" },
    };
    const files = modelFolderFiles(snapshot, { flavor: "ml-regression", utcTime: Date.UTC(2026, 10, 22), ...details });
    const folder = join(root, String(folders++));
    await saveModelFolder(folder, files);
    return folder;
  };
  const parsed = (signature: Readonly<Record<string, string | null>> | null) =>
    Object.fromEntries(
      Object.entries(signature ?? {}).map(([key, text]) => [key, text === null ? null : JSON.parse(text)]),
    );

  it("a model's folder: signature, metadata and example of a table", async () => {
    const table = ROWS.map(({ age, name, ok }) => ({ age, name, ok }));
    const signature = inferSignature(table, [0, 1], PARAMS);
    const metadata = { note: "yes", list: [1, null, "2026-11-22"], "odd: key": { "=": "<<" } };
    const model = await peer.ask<ReadModel>(
      "model",
      await save({ signature, metadata, inputExample: { data: captureTable(table) } }),
    );
    expect(model.metadata).toEqual(metadata);
    expect(parsed(model.signature)).toEqual(signature.toJSON());
    expect(model.signature_text).toContain(
      "'age': double (required), 'name': string (optional), 'ok': boolean (required)",
    );
    expect(model.example_type).toBe("DataFrame");
    expect(model.example).toEqual({ age: [31, 2.5], name: ["Ada", "nan"], ok: [true, false] });
    expect(JSON.parse(model.serving)).toEqual({
      dataframe_split: {
        columns: ["age", "name", "ok"],
        data: [
          [31, "Ada", true],
          [2.5, null, false],
        ],
      },
    });
  });

  it("a model's folder with the example of a tensor", async () => {
    const data = [
      [1, 2],
      [3, 4],
    ];
    const model = await peer.ask<ReadModel>(
      "model",
      await save({
        signature: inferSignature(data, Float32Array.of(1, 2)),
        inputExample: { data: captureTable(data) },
      }),
    );
    expect(model.signature_text).toContain("Tensor('float64', (-1, 2))");
    expect(model.signature_text).toContain("Tensor('float32', (-1,))");
    expect([model.example_type, model.example]).toEqual(["ndarray", data]);
    expect(JSON.parse(model.serving)).toEqual({ inputs: data });
  });

  it("a model's folder that has nothing but the model", async () => {
    expect(await peer.ask("model", await save({}))).toMatchObject({ signature: null, metadata: null, example: null });
  });

  it("of a logged model whose it is, and since when", async () => {
    const [modelId, runId] = [`m-${"a".repeat(32)}`, "b".repeat(32)];
    expect(await peer.ask("fields", await save({ modelId, runId, artifactPath: "file:///m" }))).toMatchObject({
      mlflow_version: "3.17.2",
      model_id: modelId,
      model_uuid: modelId,
      run_id: runId,
      artifact_path: "file:///m",
      model_size_bytes: 2,
      utc_time_created: "2026-11-22 00:00:00.000000",
      flavors: { "ml-regression": { package: "ml-regression", node_version: process.versions.node } },
    });
  });

  it("two models that were logged to one run under one name, each with files of its own", async () => {
    const store = join(root, "mlruns");
    setTrackingUri(store);
    const run = startRun();
    const line = await logModel(new SimpleLinearRegression([1, 2], [2, 4]), "m");
    const curve = await logModel(new PolynomialRegression([1, 2, 3], [1, 4, 9], 2), "m");
    await run.end();
    const ids = [line.modelId, curve.modelId];
    expect(await peer.ask("logged_models", store, ids)).toEqual([
      { id: ids[0], name: "m", status: "READY", file_id: ids[0] },
      { id: ids[1], name: "m-2", status: "READY", file_id: ids[1] },
    ]);
  });

  it.each<[string, unknown]>([
    ["every kind of column", ROWS],
    ["typed columns", { a: Int32Array.of(1), b: Float32Array.of(1), c: Float64Array.of(1), d: BigInt64Array.of(1n) }],
    [
      "mixed columns",
      [
        { a: 1, b: [1] },
        { a: "x", b: ["y"] },
      ],
    ],
    ["bytes", [{ a: Buffer.from("x") }]],
    ["columns by position", [["x", 1]]],
    ["text", ["a", "b"]],
    ["booleans", [true]],
    ["images", [[[[1], [2]]]]],
    ["bigints", [1n]],
    ["Arrow's columns", tableFromArrays({ a: Int32Array.of(1), b: Float32Array.of(1), c: ["x"] })],
    ["several tensors", { left: new MatrixOf(2), right: new MatrixOf(3) }],
  ])("the signature of %s as it was written", async (_, data) => {
    const signature = inferSignature(data, data, PARAMS);
    expect(parsed(await peer.ask("signature", signature.toText()))).toEqual(signature.toJSON());
  });

  it("a declared signature as it was written", async () => {
    const signature = declareSignature({
      inputs: {
        n: "integer",
        age: "long?",
        w: "float",
        tags: "string[]",
        place: "{ lat: double, label?: string }?",
        x: "any",
      },
      outputs: { scores: "float32[-1, 3]", when: "datetime64[ns][-1]" },
      params: {
        k: { type: "integer", default: 3 },
        limit: { type: "long", default: null },
        stop: { type: "string[]", default: [] },
        range: { type: "{ from: long, to?: long }", default: { from: 1 } },
      },
    });
    expect(parsed(await peer.ask("signature", signature.toText()))).toEqual(signature.toJSON());
  });

  it("a data set's description and its source", async () => {
    const asked = (data: unknown, options?: object) => {
      const { sourceType, ...rest } = dataset(data, options);
      return peer.ask<{ source: unknown; type: string; schema: unknown }>("dataset", {
        ...rest,
        source_type: sourceType,
      });
    };
    const table = await asked(ROWS, { targets: [0, 1] });
    expect(table).toMatchObject({ type: "code", source: { tags: Object.fromEntries(contextTags()) } });
    expect(table.schema).toEqual(JSON.parse(dataset(ROWS, { targets: [0, 1] }).schema as string).mlflow_colspec);
    expect(await asked([[1]], { source: "https://host/a.csv" })).toMatchObject({
      type: "http",
      source: { url: "https://host/a.csv" },
    });
    expect(await asked([[1]], { source: "/a.csv" })).toMatchObject({ type: "local", source: { uri: "/a.csv" } });
    expect(await asked([[1]], { source: "s3://b/a.csv" })).toMatchObject({
      type: "s3",
      source: { uri: "s3://b/a.csv" },
    });
    expect((await asked([[1, 2]], { targets: ["x"] })).schema).toHaveProperty("mlflow_tensorspec.targets");
  });

  it("of arrays the schema and profile that it gives them itself", async () => {
    const [rows, targets] = [
      [
        [1.5, 2],
        [3, 4],
        [5, 6],
      ],
      [0.5, 1, 2],
    ];
    const theirs = await peer.ask<{ schema: string; profile: string }>("numpy_dataset", rows, targets);
    const ours = dataset(rows, { targets });
    const opened = (schema: string) => {
      const { features, targets } = JSON.parse(schema).mlflow_tensorspec;
      return [JSON.parse(features), JSON.parse(targets)];
    };
    expect(opened(ours.schema as string)).toEqual(opened(theirs.schema));
    expect(JSON.parse(ours.profile as string)).toMatchObject(JSON.parse(theirs.profile));
  });

  it("any metadata back as it was, whatever the text", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom(
        "yes",
        "on",
        "~",
        "=",
        "<<",
        "1_000",
        "0o7",
        "0x1F",
        "12:30",
        "1e3",
        ".inf",
        "2026-11-22",
        "- a",
        "a: b",
        "#",
        "\u2028",
        "\u0085",
        "\x7f",
        "\ufeff",
        "\ud800",
        " ",
        "\n",
        "a\nb",
        "!!str",
        "&a",
        "*a",
        "%",
        "@",
        "`",
      ),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value")),
        fc.dictionary(text, tie("value")),
      ),
    })).value;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, value), async (metadata) => {
        const files = modelFolderFiles({ files: [], config: {} }, { flavor: "f", utcTime: 0, metadata });
        const read = await peer.ask<{ metadata: unknown }>("yaml", files[0]?.bytes);
        expect(read.metadata).toEqual(JSON.parse(JSON.stringify(metadata)));
      }),
      { numRuns: 300 },
    );
  });
});

/** The part of ml-matrix's Matrix that is looked at. */
class MatrixOf {
  readonly rows = 1;
  constructor(readonly columns: number) {}
  get(): number {
    return 0;
  }
}
