import { expect, test } from "vitest";
import { ROUTES } from "../../../../src/server/tracking/routes";
import { serveFilled, serveFolder } from "../../../support/served-folder";

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

test("the OpenAPI document has every operation once, with what it takes", async () => {
  const response = await serveFolder().ask("GET", "/openapi.json");
  const document = (await response.json()) as OpenApi;
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(ROUTES.reduce((sum, { methods }) => sum + methods.length, 0));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  expect(document.paths["/api/2.0/mlflow/runs/log-metric"]?.post).toMatchObject({
    requestBody: {
      content: {
        "application/json": {
          schema: {
            required: ["run_id", "key", "value", "timestamp"],
            properties: { step: { type: "integer", default: 0 }, key: { type: "string" } },
          },
        },
      },
    },
  });
  expect(document.paths["/api/2.0/mlflow/runs/search"]?.post).toMatchObject({
    requestBody: {
      content: {
        "application/json": {
          schema: { properties: { run_view_type: { enum: ["ACTIVE_ONLY", "DELETED_ONLY", "ALL"] } } },
        },
      },
    },
  });
});

test("/metrics counts requests by operation and status", async () => {
  const { ask, runId } = await serveFilled();
  await ask("GET", `/api/2.0/mlflow/runs/get?run_id=${runId}`);
  await ask("GET", "/api/2.0/mlflow/runs/get?run_id=nothing");
  const text = await (await ask("GET", "/metrics")).text();
  const labels = 'method="GET",path="mlflow/runs/get"';
  expect(text).toContain(`mlflow_http_request_duration_seconds_count{${labels},status="200"} 1`);
  expect(text).toContain(`mlflow_http_request_duration_seconds_count{${labels},status="404"} 1`);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test("every answer carries our version, /version MLflow's", async () => {
  const { ask } = serveFolder();
  for (const path of ["/health", "/version", "/", "/api/2.0/mlflow/runs/get", "/nothing"])
    expect((await ask("GET", path)).headers.get("x-trackbook-version")).toBe("0");
  expect(await (await ask("GET", "/version")).text()).toBe("3.17.2");
  expect(await (await ask("GET", "/health")).text()).toBe("OK");
});

test("where artifacts are all that is served, or are not, the rest says so", async () => {
  const only = serveFolder(undefined, { isArtifactsOnly: true });
  expect((await only.ask("GET", "/api/2.0/mlflow/experiments/get?experiment_id=0")).status).toBe(503);
  expect((await only.ask("GET", "/api/2.0/mlflow-artifacts/artifacts")).status).toBe(200);
});

test("a prefix stands before every path", async () => {
  const { ask } = serveFolder(undefined, { prefix: "/runs" });
  expect((await ask("GET", "/health")).status).toBe(404);
  expect((await ask("GET", "/runs/health")).status).toBe(200);
  expect((await ask("GET", "/runs/api/2.0/mlflow/experiments/get?experiment_id=0")).status).toBe(200);
  for (const home of ["/runs", "/runs/"])
    expect(await (await ask("GET", home)).text(), home).toContain('href="/runs/models"');
});
