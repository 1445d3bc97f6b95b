import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { saveModel } from "../../../src/libraries";
import { inferSignature, type ModelSignature } from "../../../src/models";
import { describeWithParts } from "../../support/parts";
import { type Trained, trainedForests, trainedNetwork, trainedRegressions } from "./trained-models";
import { freePort } from "../../../scripts/free-port";

describeWithParts(["python"], "mlflow models serve --env-manager local", ({ python }) => {
  let root: string;
  const servers: ChildProcess[] = [];
  beforeAll(async () => {
    await tf.setBackend("cpu");
    root = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-serving-")));
  });
  afterAll(async () => {
    await Promise.all(servers.map(ended));
    rmSync(root, { recursive: true, force: true });
  });

  /** The server's process group, so that what it has started ends too. */
  async function ended(server: ChildProcess): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    process.kill(-(server.pid as number), "SIGTERM");
    await once(server, "exit");
  }

  /** Serves a model; the URL, once it answers. */
  async function serve(folder: string, ...options: readonly string[]): Promise<{ url: string; server: ChildProcess }> {
    const port = await freePort();
    const args = ["-m", "mlflow", "models", "serve", "-m", folder, "-p", String(port), "--env-manager", "local"];
    const server = spawn(python.python, [...args, ...options], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        PATH: `${dirname(python.python)}:${process.env.PATH}`,
        MLFLOW_DISABLE_TELEMETRY: "true",
        TRACKBOOK_NODE: process.execPath,
        TRACKBOOK_NODE_PATH: REPOSITORY,
      },
    });
    servers.push(server);
    let said = "";
    server.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
    const url = `http://127.0.0.1:${port}`;
    await vi.waitUntil(
      async () => {
        if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}:\n${said}`);
        return fetch(`${url}/ping`).then(
          ({ status }) => status === 200,
          () => false,
        );
      },
      { timeout: 120_000, interval: 200 },
    );
    return { url, server };
  }

  const post = async (url: string, body: object) => {
    const response = await fetch(`${url}/invocations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as { predictions?: unknown; message?: string } };
  };

  const rows = Array.from({ length: 20 }, () => [Math.random() * 8, Math.floor(Math.random() * 5)]);
  async function saved(name: string, model: object, signature: ModelSignature): Promise<string> {
    const folder = join(root, name);
    await saveModel(model, folder, { signature });
    return folder;
  }

  test("answers what JavaScript answers, from several workers, and refuses what the signature does not take", async () => {
    const { model, predict } = trainedForests().regression as Trained;
    const folder = await saved(
      "forest",
      model,
      inferSignature(
        rows.map(([a, b]) => ({ a, b })),
        predict(rows),
      ),
    );
    const { url } = await serve(folder, "--workers", "2");
    const expected = predict(rows);
    const bodies = [
      { dataframe_split: { columns: ["b", "a"], data: rows.map(([a, b]) => [b, a]) } },
      { dataframe_records: rows.map(([a, b]) => ({ a, b })) },
      { inputs: { a: rows.map(([a]) => a), b: rows.map(([, b]) => b) } },
    ];
    const answers = await Promise.all([...bodies, ...bodies, ...bodies].map((body) => post(url, body)));
    for (const answer of answers) expect(answer).toEqual({ status: 200, body: { predictions: expected } });
    const refused = await post(url, { dataframe_split: { columns: ["a"], data: [[1]] } });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain("Model is missing inputs ['b']");
  });

  test("tensors of tfjs and single numbers", async () => {
    const network = trainedNetwork();
    const asked = rows.map((row) => Array.from(Float32Array.from(row)));
    const input = tf.tensor2d(asked);
    const { url } = await serve(
      await saved("network", network.model, inferSignature(input, network.model.predict(input))),
    );
    expect((await post(url, { instances: asked })).body).toEqual({ predictions: network.predict(asked) });
    const line = trainedRegressions().SimpleLinearRegression as Trained;
    const numbers = rows.map(([x]) => x as number);
    const folder = await saved("line", line.model, inferSignature(numbers, line.predict(rows)));
    const other = await serve(folder);
    expect((await post(other.url, { inputs: numbers })).body).toEqual({ predictions: line.predict(rows) });
    await ended(other.server);
    // Node's processes name the model's folder; none is left.
    await vi.waitUntil(
      () => !spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.includes(`main.cjs ${folder}`),
      {
        timeout: 30_000,
        interval: 100,
      },
    );
  });
});
