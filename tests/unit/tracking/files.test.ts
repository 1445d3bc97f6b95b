import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  flush,
  listArtifacts,
  logArtifact,
  logArtifacts,
  logDict,
  logFigure,
  logImage,
  logTable,
  logText,
  startRun,
} from "../../../src/tracking";
import { errorOf } from "../../support/error-of";
import { newStore } from "./new-store";

/** A run and what reads its artifacts. */
function newRun() {
  const made = newStore();
  const run = startRun();
  const root = fileURLToPath(run.artifactUri);
  return { ...made, run, root, text: (path: string) => readFileSync(join(root, path), "utf8") };
}

test("logText and logDict keep texts, JSON and YAML", async () => {
  const { text } = newRun();
  logText("größe\n", "notes/a.md");
  const value = { rate: 0.5, layers: [1, 2] };
  logDict(value, "config.json");
  logDict(value, "config.yaml");
  logDict(value, "config.yml");
  logDict(value, "without-ending");
  // What becomes of it afterwards is no matter.
  value.layers.push(3);
  await flush();
  expect(text("notes/a.md")).toBe("größe\n");
  expect(JSON.parse(text("config.json"))).toEqual({ rate: 0.5, layers: [1, 2] });
  expect(parse(text("config.yaml"))).toEqual({ rate: 0.5, layers: [1, 2] });
  expect(text("config.yml")).toBe(text("config.yaml"));
  expect(text("without-ending")).toBe(text("config.json"));
});

test("logArtifact and logArtifacts take files and folders at the call", async () => {
  const { folder, text } = newRun();
  const local = join(folder, "data");
  mkdirSync(join(local, "sub", "empty"), { recursive: true });
  writeFileSync(join(local, "a.txt"), "first");
  writeFileSync(join(local, "sub", "b.txt"), "b");
  symlinkSync(join(local, "a.txt"), join(local, "link.txt"));
  logArtifact(join(local, "a.txt"));
  logArtifact(join(local, "a.txt"), "copies/deep");
  logArtifacts(local);
  logArtifacts(local, "all");
  logArtifact(local, "in");
  writeFileSync(join(local, "a.txt"), "changed");
  await flush();
  const expected = { "a.txt": "first", "copies/deep/a.txt": "first", "sub/b.txt": "b", "all/sub/b.txt": "b" };
  for (const [path, content] of Object.entries(expected)) expect(text(path)).toBe(content);
  expect(text("in/data/link.txt")).toBe("first");
  expect((await listArtifacts("copies")).map(({ path }) => path)).toEqual(["copies/deep"]);
});

test("a folder that holds the run's own artifacts is copied as it was", async () => {
  const { root, text } = newRun();
  logText("before", "a.txt");
  await flush();
  logArtifacts(root, "copy");
  await flush();
  expect(text("copy/a.txt")).toBe("before");
  expect((await listArtifacts("copy")).map(({ path }) => path)).toEqual(["copy/a.txt"]);
});

test("the last one to give a path its content wins, whatever the verb", async () => {
  const { folder, text } = newRun();
  writeFileSync(join(folder, "a.txt"), "from a file");
  logText("text", "a.txt");
  logArtifact(join(folder, "a.txt"));
  logText("text", "b.txt");
  logText("text again", "b.txt");
  await flush();
  expect(text("a.txt")).toBe("from a file");
  expect(text("b.txt")).toBe("text again");
});

test("logFigure keeps SVG, bytes and Vega-Lite specifications", async () => {
  const { root, text } = newRun();
  const bytes = new Uint8Array([0x89, 0x50, 1, 2]);
  logFigure("<svg/>", "plot.svg");
  logFigure(bytes, "plot.png");
  logFigure({ mark: "bar" }, "plot.vl.json");
  bytes.fill(0);
  await flush();
  expect(text("plot.svg")).toBe("<svg/>");
  expect([...readFileSync(join(root, "plot.png"))]).toEqual([0x89, 0x50, 1, 2]);
  expect(JSON.parse(text("plot.vl.json"))).toEqual({ mark: "bar" });
});

test("logFigure refuses a file whose ending says that it is something else", () => {
  newRun();
  for (const [figure, file, meant] of [
    ["<svg/>", "plots/loss.png", "plots/loss.svg"],
    ["<svg/>", "loss", "loss.svg"],
    [new Uint8Array([1]), "loss.html", "loss.png"],
    [{ mark: "bar" }, "loss.vl", "loss.json"],
  ] as const) {
    const error = errorOf(() => logFigure(figure, file));
    expect(error).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: file });
    expect(error.hint).toContain(`"${meant}"`);
  }
});

test("logTable takes rows or columns and puts later rows at the end", async () => {
  const { run, text, run: active } = newRun();
  const rows: { a: number; b?: unknown }[] = [{ a: 1 }, { a: Number.NaN, b: { deep: 1 } }];
  logTable(rows, "tables/t.json");
  rows.length = 0;
  logTable({ c: ["x"], a: new Float32Array([3]) }, "tables/t.json");
  await flush();
  expect(JSON.parse(text("tables/t.json"))).toEqual({
    columns: ["a", "b", "c"],
    data: [
      [1, null, null],
      [null, { deep: 1 }, null],
      [3, null, "x"],
    ],
  });
  logTable([], "empty.json");
  await active.end();
  expect(JSON.parse(text("empty.json"))).toEqual({ columns: [], data: [] });
  expect(run.status).toBe("FINISHED");
});

test("logged tables are listed in MLflow's tag, each once", async () => {
  const { run, run: stored, store } = newRun();
  logTable([{ a: 1 }], "one.json");
  logTable([{ a: 2 }], "one.json");
  logTable([{ a: 1 }], "two.json");
  await flush();
  expect(JSON.parse(store.getRun(run.id).data.tags["mlflow.loggedArtifacts"] as string)).toEqual([
    { path: "one.json", type: "table" },
    { path: "two.json", type: "table" },
  ]);
  expect(stored).toBe(run);
});

/** Colours of a decoded picture, pixel by pixel. */
function pixels(bytes: Uint8Array): number[][] {
  const { data } = PNG.sync.read(Buffer.from(bytes));
  return Array.from({ length: data.length / 4 }, (_, index) => [...data.subarray(4 * index, 4 * index + 4)]);
}

const tensor = (shape: readonly number[], dtype: string, values: readonly number[]) => ({
  shape,
  dtype,
  dataSync: () => values,
});

test("logImage turns pixels and tensors into PNG", async () => {
  const { root } = newRun();
  const grey = { data: [0, 128, 255, 300], width: 2, height: 2 };
  logImage(grey, "grey.png");
  logImage({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 1, height: 2, channels: 3 }, "rgb.png");
  logImage({ data: Uint8ClampedArray.of(9, 8, 7, 6), width: 1, height: 1 }, "rgba.png");
  logImage(tensor([1, 2, 1], "float32", [0, 1]), "float.png");
  logImage(tensor([1, 2], "int32", [0, 200]), "integer.png");
  logImage(tensor([1, 2], "bool", [0, 1]), "bool.png");
  grey.data[0] = 99;
  await flush();
  const read = (path: string) => pixels(readFileSync(join(root, path)));
  const [black, white] = [
    [0, 0, 0, 255],
    [255, 255, 255, 255],
  ];
  expect(read("grey.png")).toEqual([black, [128, 128, 128, 255], white, white]);
  expect(read("rgb.png")).toEqual([
    [1, 2, 3, 255],
    [4, 5, 6, 255],
  ]);
  expect(read("rgba.png")).toEqual([[9, 8, 7, 6]]);
  expect(read("float.png")).toEqual([black, white]);
  expect(read("integer.png")).toEqual([black, [200, 200, 200, 255]]);
  expect(read("bool.png")).toEqual([black, white]);
});

test("logImage under a key makes a step of a series, as MLflow names it", async () => {
  const { run, root, store } = newRun();
  const png = PNG.sync.write(new PNG({ width: 1, height: 1 }));
  logImage(png, "val/sample 1", { step: 3 });
  logImage(Uint8Array.of(0xff, 0xd8, 0xff), "photo", { step: -1 });
  logImage(png, "plain.PNG");
  await flush();
  const [photo, sample] = readdirSync(join(root, "images")).sort();
  expect(sample).toMatch(/^val~sample 1\+step\+3\+timestamp\+\d{13}\+[0-9a-f-]{36}\.png$/);
  expect(photo).toMatch(/^photo\+step\+-1\+timestamp\+\d{13}\+[0-9a-f-]{36}\.jpg$/);
  expect(readFileSync(join(root, "images", sample as string))).toEqual(png);
  expect(readFileSync(join(root, "plain.PNG"))).toEqual(png);
  expect(store.getRun(run.id).data.tags["mlflow.loggedImages"]).toBe("True");
});
