import { readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { proxyArtifacts } from "../../../src/artifacts/proxy";
import { temporaryFolder } from "../../support/temporary-folder";

beforeEach(() => {
  vi.stubEnv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0");
  onTestFinished(() => void vi.unstubAllEnvs());
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a login page has not kept a file", async () => {
  const host = await serve((request, response) => {
    request.resume();
    response.end("\n<!doctype html><title>Please log in</title>");
  });
  const artifacts = proxyArtifacts({ uri: "mlflow-artifacts:/1", trackingUri: `http://${host}` });
  await expect(artifacts.write("a.txt", "hello")).rejects.toMatchObject({ code: "INVALID_STATE" });
});

test("what is wrong with an artifact only MLflow says, and no proxy", async () => {
  let body = '{"error_code": "INVALID_PARAMETER_VALUE", "message": "Invalid path"}';
  const host = await serve((request, response) => {
    request.resume();
    response.writeHead(400).end(body);
  });
  const artifacts = proxyArtifacts({ uri: "mlflow-artifacts:/1", trackingUri: `http://${host}` });
  await expect(artifacts.write("a.txt", "hello")).rejects.toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
  body = "<html>400 Request Header Too Large</html>";
  await expect(artifacts.write("a.txt", "hello")).rejects.toMatchObject({ code: "INVALID_STATE" });
});

test("who is asking is told to the tracking server and to no other", async () => {
  vi.stubEnv("MLFLOW_TRACKING_TOKEN", "token");
  const told: (string | undefined)[] = [];
  const hear = (request: IncomingMessage, response: ServerResponse) => {
    told.push(request.headers.authorization);
    response.end("{}");
  };
  const [own, other] = [await serve(hear), await serve(hear)];
  await proxyArtifacts({ uri: "mlflow-artifacts:/1", trackingUri: `http://${own}` }).list();
  await proxyArtifacts({ uri: `mlflow-artifacts://${other}/1`, trackingUri: `http://${own}` }).list();
  expect(told).toEqual(["Bearer token", undefined]);
});

test.runIf(process.platform === "linux")("uploads that break off leave no file open", async () => {
  const file = join(temporaryFolder(), "large.bin");
  writeFileSync(file, Buffer.alloc(8_000_000));
  const host = await serve((request) => request.once("data", () => request.socket.destroy()));
  const artifacts = proxyArtifacts({ uri: "mlflow-artifacts:/1", trackingUri: `http://${host}` });
  for (let count = 0; count < 5; count++)
    await expect(artifacts.copyIn(file, "large.bin")).rejects.toMatchObject({ code: "TEMPORARILY_UNAVAILABLE" });
  const open = () => readdirSync("/proc/self/fd").filter((name) => placeOf(name) === file).length;
  await vi.waitUntil(() => open() === 0, { timeout: 5000 });
});

function placeOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}
