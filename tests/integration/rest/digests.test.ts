import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { openAnyArtifacts } from "../../../src/artifacts";
import { readBody, send } from "../../../src/core/http";
import { rejectionOf } from "../../support/error-of";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";

/** Small, what is read before it is sent, and what is sent as it is read. */
const SIZES = [2000, 3_000_000, 20_000_000];

beforeEach(() => {
  vi.stubEnv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0");
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** A network before our server that changes one byte of what goes, or of what comes. */
async function badNetwork(): Promise<{ folder: string; good: string; bad: string; fails: "sent" | "answered" }> {
  const folder = temporaryFolder();
  const { url: good } = await startProgram(folder, ["server", "--port", "0"]);
  const network = { folder, good, bad: "", fails: "sent" as "sent" | "answered" };
  const changed = (body: Buffer, isNow: boolean): Buffer => {
    if (isNow && body.length > 1000) body[1000] = ((body[1000] as number) + 1) % 256;
    return body;
  };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const answer = await send({
      method: incoming.method ?? "GET",
      url: new URL(`${good}${incoming.url}`),
      headers: { ...(incoming.headers as Record<string, string>), host: new URL(good).host },
      body: changed(Buffer.concat(chunks), network.fails === "sent"),
      timeout: 10_000,
    });
    const body = changed(await readBody(answer), network.fails === "answered");
    outgoing.writeHead(answer.status, answer.headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  network.bad = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return network;
}

test("artifacts that a network damages on their way to our server are kept nowhere, nor on their way back", async () => {
  const network = await badNetwork();
  const { folder, good, bad } = network;
  const [whole, spoiled] = [good, bad].map((trackingUri) => openAnyArtifacts("mlflow-artifacts:/1", { trackingUri }));
  for (const size of SIZES) {
    const file = join(folder, `${size}.bin`);
    writeFileSync(file, randomBytes(size));
    const error = await rejectionOf((async () => spoiled?.copyIn(file, `sent/${size}.bin`))());
    expect([size, error.code, error.message]).toEqual([
      size,
      "TEMPORARILY_UNAVAILABLE",
      expect.stringContaining("is not what was sent"),
    ]);
    expect(await whole?.list("sent")).toEqual([]);
  }

  network.fails = "answered";
  for (const size of SIZES) {
    const file = join(folder, `${size}.bin`);
    await spoiled?.copyIn(file, `kept/${size}.bin`);
    const fetched = join(folder, `fetched-${size}`);
    expect(
      readFileSync((await whole?.download(`kept/${size}.bin`, fetched)) as string).equals(readFileSync(file)),
    ).toBe(true);
  }
  const target = join(folder, "target");
  expect((await rejectionOf((async () => spoiled?.download("kept/2000.bin", target))())).code).toBe("DATA_LOSS");
  expect(existsSync(target) ? readdirSync(join(target, "kept")) : []).toEqual([]);
  expect((await rejectionOf((async () => spoiled?.read("kept/2000.bin"))())).code).toBe("DATA_LOSS");
});

test("an artifact that ends before its length is not kept", async () => {
  const server = createServer((request, response) => {
    if (request.url?.includes("?path=")) response.end('{"files":[]}');
    else {
      response.writeHead(200, { "content-length": 10 }).write("hello");
      setTimeout(() => response.destroy(), 20);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const trackingUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const artifacts = openAnyArtifacts("mlflow-artifacts:/1", { trackingUri });
  const target = temporaryFolder();
  expect((await rejectionOf((async () => artifacts.download("a.txt", target))())).code).toBe("TEMPORARILY_UNAVAILABLE");
  expect(readdirSync(target)).toEqual([]);
  expect((await rejectionOf((async () => artifacts.read("a.txt"))())).code).toBe("TEMPORARILY_UNAVAILABLE");
});
