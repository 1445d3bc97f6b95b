import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { loadModel } from "../../../src/libraries";
import { setTrackingUri } from "../../../src/tracking";
import { describeWithParts } from "../../support/parts";
import { type PythonPeer, startPythonPeer } from "../../support/python-peer";

type Outputs = Readonly<Record<string, readonly unknown[]>>;

describeWithParts(["python", "onnxruntime"], "an ONNX model that Python has logged", ({ python, onnxruntime }) => {
  let root: string;
  let peer: PythonPeer;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "trackbook-onnx-"));
    peer = startPythonPeer(python.python, join(__dirname, "onnx_models.py"), { folder: root });
    vi.stubEnv("TRACKBOOK_NODE_PATH", onnxruntime.folder);
  });
  afterAll(() => {
    peer.close();
    rmSync(root, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });

  let count = 0;
  async function saved(name: string, ...options: unknown[]): Promise<string> {
    const folder = join(root, `model-${count++}`);
    await peer.ask("save", name, folder, ...options);
    return folder;
  }

  const number = fc.double({ noNaN: true, min: -3, max: 3 });
  const table = fc.array(fc.record({ a: number, b: number, c: number, d: number }), { minLength: 1, maxLength: 20 });
  const columnsOf = (rows: readonly Readonly<Record<string, number>>[]) =>
    Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, rows.map((row) => row[name])]));

  describe.each(["regression", "regression in double"])("of a %s", (name) => {
    test("predicts for a table what pyfunc does, whatever form the table has", async () => {
      const folder = await saved(name);
      const model = await loadModel(folder);
      expect(String(model.signature)).toBe("(a: double, b: double, c: double, d: double)");
      await fc.assert(
        fc.asyncProperty(table, async (rows) => {
          const expected = await peer.ask<Outputs>("predict", folder, "frame", columnsOf(rows));
          const [values = []] = Object.values(expected);
          const ours = await model.predict<number[][]>(rows);
          expectClose(ours.flat(), values);
          expect(await model.predict(columnsOf(rows))).toEqual(ours);
          expect(await model.predict(rows.map(({ d, c, b, a }) => ({ d, c, b, a })))).toEqual(ours);
        }),
        { numRuns: 10 },
      );
    });
  });

  test("of a classifier answers with all of its outputs by name", async () => {
    const folder = await saved("classifier");
    const model = await loadModel(folder);
    const rows = [
      [0.1, 0.2, 0.3, 0.4],
      [-1, 1, -1, 1],
      [2, -2, 0, 1],
    ];
    const expected = await peer.ask<Outputs>("predict", folder, "float64", rows);
    const ours = await model.predict<Outputs>(rows);
    expect(Object.keys(ours)).toEqual(Object.keys(expected));
    expect(ours.label).toEqual(expected.label);
    expectClose(ours.probabilities?.flat() ?? [], expected.probabilities?.flat() ?? []);
    expect(await model.predict([])).toEqual({ label: [], probabilities: [] });
  });

  test("of several inputs takes them by name, each in its own type", async () => {
    const folder = await saved("several");
    const model = await loadModel(folder);
    const feeds = {
      x: { dtype: "float32", values: [1, 2.5, -0.25] },
      count: { dtype: "int64", values: [3, -4, 2 ** 40] },
    };
    const expected = await peer.ask<Outputs>("predict", folder, "dict", feeds);
    const input = { count: feeds.count.values.map(BigInt), x: Float32Array.from(feeds.x.values) };
    expect(await model.predict({ count: BigInt64Array.from(input.count), x: input.x })).toEqual(expected);
  });

  test("of one input for each column takes a table of numbers and texts", async () => {
    const folder = await saved("mixed");
    const model = await loadModel(folder);
    const rows = [
      { size: 0.5, kind: "wide" },
      { size: -1.25, kind: "narrow" },
      { size: 2, kind: "wide" },
    ];
    const expected = await peer.ask<Outputs>("run", folder, {
      size: { dtype: "float64", values: rows.map(({ size }) => [size]) },
      kind: { dtype: "object", values: rows.map(({ kind }) => [kind]) },
    });
    expectClose((await model.predict<number[][]>(rows)).flat(), expected.variable?.flat() ?? []);
    await expect(model.predict([{ size: 1, kind: 2 }])).rejects.toThrow("input kind is of type string; what came is 2");
    await expect(model.predict([{ size: 1 }])).rejects.toThrow("This model has 2 inputs (size, kind); 1 came.");
  });

  test("takes and gives every type, whole numbers only where it wants them", async () => {
    const model = await loadModel(await saved("typed"));
    const row = {
      double: 0.1,
      int8: -1,
      uint8: 255,
      int16: -300,
      uint16: 65_535,
      int32: -70_000,
      uint32: 2 ** 32 - 1,
      uint64: 5,
      bool: true,
      string: "é",
    };
    const outputs = Object.fromEntries(Object.entries(row).map(([name, value]) => [`${name}_out`, [[value]]]));
    expect(await model.predict([row])).toEqual(outputs);
    expect(await model.predict([{ ...row, uint64: 2n ** 63n }])).toEqual({ ...outputs, uint64_out: [[2n ** 63n]] });
    await expect(model.predict([{ ...row, int32: 0.5 }])).rejects.toThrow(
      "input int32 is of type int32; what came is 0.5",
    );
    await expect(model.predict([{ ...row, int8: 200 }])).rejects.toThrow(
      "input int8 is of type int8; what came is 200",
    );
    await expect(model.predict([{ ...row, uint64: -1n }])).rejects.toThrow(
      "input uint64 is of type uint64; what came is -1",
    );
  });

  test("has its weights in a file of their own", async () => {
    const folder = join(root, "external");
    const files = await peer.ask<string[]>("save", "external", folder);
    expect(files.length).toBeGreaterThan((await peer.ask<string[]>("save", "several", join(root, "none"))).length);
    const rows = [0, 1, 2].map((row) =>
      Array.from({ length: 64 }, (_, column) => Math.fround(Math.sin(row * 64 + column))),
    );
    const expected = await peer.ask<Outputs>("predict", folder, "float32", rows);
    const model = await loadModel(folder);
    expectClose((await model.predict<number[][]>(rows)).flat(), expected.y?.flat() ?? []);
  });

  test("answers without the outputs that onnxruntime-node cannot read, and says which", async () => {
    const warnings: string[] = [];
    const listen = ({ message }: Error) => void warnings.push(message);
    process.on("warning", listen);
    onTestFinished(() => void process.off("warning", listen));
    const folder = await saved("forest with a map");
    const model = await loadModel(folder);
    const rows = [
      { a: 1.5, b: 2.5, c: 0.5, d: -1.5 },
      { a: -1.5, b: 0.5, c: 0.5, d: 1.5 },
    ];
    const expected = await peer.ask<Outputs>("predict", folder, "frame", columnsOf(rows));
    expect(await model.predict(rows)).toEqual(expected.output_label);
    expect(warnings.join()).toContain("come without output_probability");
    expect(warnings.join()).toContain('options={"zipmap": False}');
  });

  test("keeps the options of its session", async () => {
    const folder = await saved("regression", {
      execution_mode: "sequential",
      intra_op_num_threads: 1,
      inter_op_num_threads: 1,
      graph_optimization_level: 99,
    });
    const model = await loadModel(folder);
    expect(model.info.flavors.onnx?.onnx_session_options).toMatchObject({ intra_op_num_threads: 1 });
    expect(await model.predict([{ a: 1, b: 2, c: 3, d: 4 }])).toHaveLength(1);
  });

  test("is found in Python's store by run and by id, and gives its session", async () => {
    const store = join(root, "mlruns");
    const ids = await peer.ask<{ run: string; model: string }>("log", "regression", store);
    setTrackingUri(store);
    const rows = [{ a: 1, b: 2, c: 3, d: 4 }];
    const [byRun, byId] = [await loadModel(`runs:/${ids.run}/onnx-model`), await loadModel(`models:/${ids.model}`)];
    expect(byRun.flavor).toBe("onnx");
    expect(byId.unwrap<{ inputNames: string[] }>().inputNames).toEqual(["X"]);
    expect(await byRun.predict(rows)).toEqual(await byId.predict(rows));
  });
});

function expectClose(ours: readonly unknown[], theirs: readonly unknown[]): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [index, value] of ours.entries()) {
    const difference = Math.abs((value as number) - (theirs[index] as number));
    expect(difference, `${String(value)} and ${String(theirs[index])}`).toBeLessThanOrEqual(
      1e-6 * Math.max(1, Math.abs(value as number)),
    );
  }
}
