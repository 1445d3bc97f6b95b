import { readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { describe, expect, test, vi } from "vitest";
import { startHttpServer } from "../../../../src/server/process";
import { serveFilled, serveFolder } from "../../../support/served-folder";

const API = "/api/2.0/mlflow";

describe("what a request may look like", () => {
  test("numbers as text, numbers of enums, unknown fields and NaN as a word are taken", async () => {
    const { ask, runId, backend } = await serveFilled();
    const sent = [
      { run_id: runId, key: "a", value: "1.5", timestamp: "5", step: "6", unknown: {} },
      { run_uuid: runId, key: "b", value: "NaN", timestamp: 5 },
      `{"run_id":"${runId}","key":"c","value":NaN,"timestamp":5}`,
      JSON.stringify(JSON.stringify({ run_id: runId, key: "d", value: 1, timestamp: 5 })),
    ];
    for (const body of sent) expect((await ask("POST", `${API}/runs/log-metric`, body)).status).toBe(200);
    expect((await ask("POST", `${API}/runs/update`, { run_id: runId, status: 3 })).status).toBe(200);
    expect((await ask("POST", `${API}/runs/update`, { run_id: runId, status: "BOGUS" })).status).toBe(200);
    const run = await backend.store.getRun(runId);
    expect(run.info.status).toBe("FINISHED");
    expect(run.data.metrics).toMatchObject({ a: 1.5, b: Number.NaN, c: Number.NaN, d: 1 });
    expect(run.data.latestMetrics.find(({ key }) => key === "a")).toMatchObject({ timestamp: 5, step: 6 });
  });

  test.each([
    [{}, "Missing value for required parameter 'run_id'"],
    [{ run_id: "r", metrics: [{ key: "a", value: 1 }] }, "Missing value for required parameter 'metrics[0].timestamp'"],
    [{ run_id: "r", params: [{ key: "a", value: 1 }] }, "Invalid value 1 for parameter 'params[0].value'"],
    [{ run_id: 1 }, "Value was of type 'int'"],
    [{ run_id: "r", tags: {} }, "Value was of type 'dict'"],
  ])("%j is answered with what is wrong", async (body, words) => {
    const response = await serveFolder().ask("POST", `${API}/runs/log-batch`, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error_code: "INVALID_PARAMETER_VALUE",
      message: expect.stringContaining(words),
      sqlstate: "KAM00",
    });
  });

  test("another type of body than JSON is refused, another method is not allowed, another path is not there", async () => {
    const { ask } = serveFolder();
    expect((await ask("POST", `${API}/runs/create`, "x=1", { "content-type": "text/plain" })).status).toBe(400);
    expect((await ask("GET", `${API}/runs/create`)).status).toBe(405);
    expect((await ask("GET", `${API}/nothing`)).status).toBe(404);
  });

  test("uploads in parts and URLs of storage are refused as by MLflow's server whose storage has none", async () => {
    const { ask } = serveFolder();
    const upload = { path: "a.txt", upload_id: "1", parts: [{ part_number: 1, etag: "x" }] };
    const requests = [
      ["POST", "/api/2.0/mlflow-artifacts/mpu/create/0/a", { path: "a.txt", num_parts: 2 }],
      ["POST", "/api/2.0/mlflow-artifacts/mpu/complete/0/a", upload],
      ["POST", "/api/2.0/mlflow-artifacts/mpu/abort/0/a", upload],
      ["GET", "/api/2.0/mlflow-artifacts/presigned/0/a", undefined],
      ["POST", `${API}/artifacts/presigned-upload-url`, { run_id: "r", path: "a.txt" }],
      ["POST", `${API}/artifacts/presigned-download-url`, { run_id: "r", path: "a.txt" }],
    ] as const;
    for (const [method, path, body] of requests) {
      const response = await ask(method, path, body);
      expect([path, response.status]).toEqual([path, 501]);
      expect(await response.json()).toMatchObject({ error_code: "NOT_IMPLEMENTED" });
    }
  });

  test.each(["files", "SQLite"] as const)("half of a surrogate pair may be sent again, to %s", async (kind) => {
    const { ask, runId, backend } = await serveFilled(undefined, {}, kind);
    const body = { run_id: runId, key: "half", value: "a\ud800" };
    for (const _ of [1, 2]) expect((await ask("POST", `${API}/runs/log-parameter`, body)).status).toBe(200);
    expect((await backend.store.getRun(runId)).data.params.half).toBe("a\ufffd");
  });

  test("the default experiment is not deleted by another way to write its id", async () => {
    const { ask } = serveFolder(undefined, {}, "SQLite");
    for (const experiment_id of ["0", "00"])
      expect((await ask("POST", `${API}/experiments/delete`, { experiment_id })).status).toBe(400);
  });

  test("a filter is MLflow's, unless the client says that it knows ours", async () => {
    const { ask, experimentId } = await serveFilled();
    const body = { experiment_ids: [experimentId], filter: "params.lr = '0.1' OR params.lr = '0.2'" };
    expect((await ask("POST", `${API}/runs/search`, body)).status).toBe(400);
    const answer = await ask("POST", `${API}/runs/search`, body, { "x-trackbook-filter": "extended" });
    expect(await answer.json()).toMatchObject({ runs: [{ data: { params: [{ key: "lr", value: "0.1" }] } }] });
  });
});

describe("HEAD", () => {
  test("is answered as GET, without a body", async () => {
    const { ask, runId } = await serveFilled();
    expect((await ask("HEAD", `${API}/runs/get?run_id=${runId}`)).status).toBe(200);
    expect((await ask("HEAD", `${API}/runs/get?run_id=nothing`)).status).toBe(404);
    const response = await ask("HEAD", `/get-artifact?run_id=${runId}&path=notes/a.txt`);
    expect(response.headers.get("content-length")).toBe("5");
    expect(await response.text()).toBe("");
  });

  test("leaves no file open", async () => {
    const { ask, runId, backend } = await serveFilled();
    const { artifactUri } = (await backend.store.getRun(runId)).info;
    await backend.artifacts.open(artifactUri).write("large.bin", new Uint8Array(3e6));
    const opened = () => readdirSync("/proc/self/fd").length;
    const before = opened();
    for (let count = 0; count < 50; count++) await ask("HEAD", `/get-artifact?run_id=${runId}&path=large.bin`);
    await vi.waitFor(() => expect(opened()).toBeLessThan(before + 10), 30_000);
  });
});

describe("who is answered", () => {
  test.each([
    ["GET", "localhost:5000", undefined, 200],
    ["GET", "192.168.1.7:5000", undefined, 200],
    ["GET", "evil.test", undefined, 403],
    ["POST", "localhost:5000", "http://localhost:3000", 200],
    ["POST", "localhost:5000", "http://evil.test", 403],
    ["POST", "10.0.0.7:5000", "http://10.0.0.7:5000", 200],
    ["GET", "localhost:5000", "http://evil.test", 200],
  ])("%s by Host %s from a page of %s: %s", async (method, host, origin, status) => {
    const { app } = serveFolder();
    const response = await app.fetch(
      new Request(`http://${host}${API}/experiments/search?max_results=1`, {
        method,
        headers: { "content-type": "application/json", ...(origin && { origin }) },
        ...(method === "POST" && { body: '{"max_results": 1}' }),
      }),
    );
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBe(
      origin !== undefined && status === 200 && method === "POST" && origin.includes("localhost") ? origin : null,
    );
  });

  test("hosts and origins that are named are answered as well, everybody is asked for /health", async () => {
    const { app } = serveFolder(undefined, { allowedHosts: ["*.corp.test"], allowedOrigins: ["https://*.corp.test"] });
    const ask = async (url: string, init = {}) => (await app.fetch(new Request(url, init))).status;
    expect(await ask("http://runs.corp.test/version")).toBe(200);
    expect(await ask("http://localhost/")).toBe(403);
    expect(await ask("http://localhost/health")).toBe(200);
    const init = { method: "POST", headers: { origin: "https://app.corp.test" } };
    expect(await ask(`http://runs.corp.test${API}/experiments/search`, init)).toBe(400);
  });
});

describe("steps up in a path", () => {
  test.each([
    "/api/2.0/mlflow-artifacts/artifacts/x/../../../y",
    "/api/2.0/mlflow-artifacts/artifacts/x/%2e%2e/%2e%2e/y",
    "/api/2.0/mlflow-artifacts/artifacts/x/%2E./y",
    "/api/2.0/mlflow-artifacts/artifacts/x%2f..%2fy",
    "/api/2.0/mlflow-artifacts/artifacts/x\\..\\y",
    "/get-artifact/../../etc/passwd",
  ])("%s is refused as it came, before anybody resolves it", async (path) => {
    const { app } = serveFolder();
    const server = await startHttpServer(app, { host: "127.0.0.1", port: 0 });
    const { port } = new URL(server.url);
    const answer = await new Promise((resolve, reject) => {
      const request = httpRequest({ port, path, method: "PUT", agent: false }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers["content-type"]]);
      });
      request.on("error", reject).end("x");
    });
    await server.drain();
    // What no URL can be made of hono refuses by itself.
    expect(answer).toEqual([400, path.includes("\\") ? undefined : "application/json"]);
  });
});
