import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveModel } from "../../../../src/libraries";
import { graphs, loadGraph } from "../../../support/graph-model";
import { requirePart } from "../../../support/parts";

const ROWS = [
  [1, 2, 3],
  [-0.5, 0.25, 4],
];

describe("the files of a graph model", () => {
  let root: string;
  let folder: string;
  let expected: number[][];
  beforeAll(async () => {
    await tf.setBackend("cpu");
    root = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-graph-")));
    folder = join(root, "model");
    const model = await loadGraph(tf, graphs.plain);
    expected = (model.predict(tf.tensor2d(ROWS)) as tf.Tensor2D).arraySync();
    await saveModel(model, folder);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("are what TensorFlow.js reads over HTTP", async () => {
    const server = createServer((request, response) => {
      response.end(readFileSync(join(folder, String(request.url))));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const model = await tf.loadGraphModel(`http://127.0.0.1:${port}/data/model.json`);
    server.close();
    expect((model.predict(tf.tensor2d(ROWS)) as tf.Tensor).arraySync()).toEqual(expected);
  });

  test("are what tfjs-node reads from the disk", () => {
    const native = requirePart("tfjs-node").folder;
    const program = `
      const tf = require("@tensorflow/tfjs-node");
      tf.loadGraphModel("file://" + process.argv[1] + "/data/model.json").then((model) => {
        console.log(JSON.stringify([tf.getBackend(), model.predict(tf.tensor2d(${JSON.stringify(ROWS)})).arraySync()]));
      });`;
    const output = execFileSync(process.execPath, ["-e", program, folder], {
      cwd: native,
      encoding: "utf8",
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" },
    });
    const [backend, values] = JSON.parse(output.trim().split("\n").at(-1) as string) as [string, number[][]];
    expect(backend).toBe("tensorflow");
    for (const [row, cells] of values.entries())
      for (const [column, value] of cells.entries()) expect(value).toBeCloseTo(expected[row]?.[column] as number, 6);
  });
});
