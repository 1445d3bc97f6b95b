import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SimpleLinearRegression } from "ml-regression";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadModel, logModel } from "../../../src/libraries";
import { inferSignature } from "../../../src/models";
import { readModelInfo } from "../../../src/models/loaded";
import { enforceInput } from "../../../src/models/enforcement";
import { setTrackingUri, startRun } from "../../../src/tracking";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { type PythonPeer, startPythonPeer } from "../../support/python-peer";

type SignatureText = Readonly<Record<"inputs" | "outputs" | "params", string | null>>;

describeWithParts(["python"], "what Python wrote", ({ python }) => {
  let peer: PythonPeer;
  let root: string;
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-python-")));
    peer = startPythonPeer(python.python, join(__dirname, "python.py"), { folder: root });
  });
  afterAll(() => {
    peer.close();
    rmSync(root, { recursive: true });
  });
  const parsed = (signature: SignatureText) =>
    Object.fromEntries(
      Object.entries(signature).map(([part, text]) => [part, text === null ? null : JSON.parse(text)]),
    );

  test("scikit-learn's model: its signature, flavors and metadata are read, and Python is named as who loads it", async () => {
    const folder = join(root, "sklearn");
    const signature = await peer.ask<SignatureText>("sklearn_model", folder);
    const info = readModelInfo(folder);
    expect(info.signature?.toJSON()).toEqual(parsed(signature));
    expect(String(info.signature)).toBe(
      '(sepal length (cm): double, sepal width (cm): double, petal length (cm): double, petal width (cm): double) → float64[-1], params: temperature: double = 0.5, stop: string[] = ["a"], count: long = 3',
    );
    expect(info.metadata).toEqual({ note: "yes" });
    expect(info.flavors.sklearn).toMatchObject({
      pickled_model: expect.any(String),
      sklearn_version: expect.any(String),
    });
    expect(info.fields).toHaveProperty("prompts", null);
    const row = {
      "petal width (cm)": 1,
      "petal length (cm)": 2,
      "sepal width (cm)": 3,
      "sepal length (cm)": 4,
      extra: 5,
    };
    const asked = enforceInput(info.signature?.inputs, [row]);
    expect(asked.kind === "columns" && asked.columns.map(({ values }) => values[0])).toEqual([4, 3, 2, 1]);
    const error = await rejectionOf(loadModel(folder));
    expect(error).toMatchObject({
      code: "INVALID_PARAMETER_VALUE",
      received: "python_function, sklearn",
      hint: `Python loads it: mlflow.pyfunc.load_model("${folder}")`,
    });
  });

  test("signatures of every kind come back as they were", async () => {
    const folder = join(root, "signatures");
    mkdirSync(folder);
    const signatures = await peer.ask<Readonly<Record<string, SignatureText>>>("signatures", folder);
    expect(Object.keys(signatures).length).toBeGreaterThan(8);
    for (const [name, signature] of Object.entries(signatures))
      expect(readModelInfo(join(folder, name)).signature?.toJSON(), name).toEqual(parsed(signature));
  });

  test("a registered model is found by the version, the newest one and the alias that Python gave it", async () => {
    const store = join(root, "registered");
    setTrackingUri(store);
    const run = startRun();
    const line = new SimpleLinearRegression([1, 2, 3], [2, 4, 6.5]);
    const { modelUri, modelId } = await logModel(line, "line", { signature: inferSignature([1], [1]) });
    await run.end();
    expect(await peer.ask("register", store, modelUri, "champion")).toEqual([1, 2]);
    for (const address of ["wine/1", "wine/latest", "wine@champion", "wine/None"]) {
      const model = await loadModel(`models:/${address}`);
      expect(model.modelId, address).toBe(modelId);
      expect(await model.predict([1 / 3]), address).toEqual(line.predict([1 / 3]));
    }
  });

  test("a model that MLflow keeps beside its run is found by the run and the name", async () => {
    const store = join(root, "logged");
    const { run_id: runId, model_id: modelId } = await peer.ask<Record<string, string>>("logged", store);
    setTrackingUri(store);
    for (const uri of [`runs:/${runId}/line`, `models:/${modelId}`])
      expect((await rejectionOf(loadModel(uri))).hint).toBe(`Python loads it: mlflow.pyfunc.load_model("${uri}")`);
    expect((await rejectionOf(loadModel(`runs:/${runId}/lime`))).hint).toBe("the models there are line.");
  });

  test("typed columns are taken and refused as Python takes and refuses NumPy's", async () => {
    const arrays: Readonly<Record<string, unknown>> = {
      bool: [true, false],
      int8: Int8Array.of(1, 2),
      uint8: Uint8Array.of(1, 2),
      int16: Int16Array.of(1, 2),
      int32: Int32Array.of(1, 2),
      uint32: Uint32Array.of(1, 2),
      int64: BigInt64Array.of(1n, 2n),
      float32: Float32Array.of(1, 2),
      float64: Float64Array.of(1.5, 2),
      str: ["x", "y"],
      datetime: [new Date(0), new Date(1)],
    };
    const theirs = await peer.ask<Readonly<Record<string, readonly string[]>>>("taken");
    for (const [type, taken] of Object.entries(theirs)) {
      const schema = { kind: "columns", columns: [{ name: "a", type: { type }, required: true }] } as const;
      const ours = Object.keys(arrays).filter((name) => {
        try {
          return enforceInput(schema as never, { a: arrays[name] }).rows === 2;
        } catch {
          return false;
        }
      });
      // 1.5 and 2 are plain numbers to JavaScript, and 32 bits hold them exactly.
      expect(ours, type).toEqual(type === "float" ? [...taken, "float64"] : taken);
    }
  });
});
