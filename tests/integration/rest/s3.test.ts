import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { TrackingClient } from "../../../src";
import { openAnyArtifacts } from "../../../src/artifacts";
import { send, readBody } from "../../../src/core/http";
import { ServedArtifacts } from "../../../src/server/tracking/artifacts";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { s3Server } from "../../support/s3-server";
import { serveFolder } from "../../support/served-folder";
import { temporaryFolder } from "../../support/temporary-folder";

describeWithParts(["python"], "artifacts in a bucket", ({ python: { python } }) => {
  const server = s3Server(python);

  test("are those of an experiment that says so", async () => {
    const client = new TrackingClient(join(temporaryFolder(), "mlruns"));
    const experimentId = await client.createExperiment("far", { artifactLocation: "s3://bucket/some where" });
    const { info } = await client.createRun(experimentId);
    await client.logText(info.runId, "hello", "notes/a b+é.txt");
    await client.logTable(info.runId, [{ a: 1 }], "t.json");
    await client.logTable(info.runId, [{ a: 2 }], "t.json");
    const source = temporaryFolder();
    mkdirSync(join(source, "deep"));
    for (let index = 0; index < 30; index++) writeFileSync(join(source, `deep/${index}.txt`), `text ${index}`);
    await client.logArtifacts(info.runId, source, { artifactPath: "data" });
    expect(await client.listArtifacts(info.runId)).toEqual([
      { path: "data", isDir: true },
      { path: "notes", isDir: true },
      { path: "t.json", isDir: false, fileSize: 34 },
    ]);
    expect(await client.listArtifacts(info.runId, { path: "notes" })).toEqual([
      { path: "notes/a b+é.txt", isDir: false, fileSize: 5 },
    ]);
    const folder = await client.downloadArtifacts(info.runId, "", { dstPath: temporaryFolder() });
    expect(readFileSync(join(folder, "notes/a b+é.txt"), "utf8")).toBe("hello");
    expect(readFileSync(join(folder, "data/deep/29.txt"), "utf8")).toBe("text 29");
    expect(JSON.parse(readFileSync(join(folder, "t.json"), "utf8")).data).toEqual([[1], [2]]);
    expect((await rejectionOf(client.downloadArtifacts(info.runId, "none"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
  });

  test("are listed however many there are, and are gone when removed", async () => {
    const artifacts = openAnyArtifacts("s3://bucket/many");
    const names = Array.from({ length: 1005 }, (_, index) => `f${String(index).padStart(4, "0")}`);
    // Small ones, as a program would write them; many at once.
    for (let from = 0; from < names.length; from += 50)
      await Promise.all(names.slice(from, from + 50).map(async (name) => artifacts.write(name, name)));
    expect((await artifacts.list()).map(({ path }) => path)).toEqual(names);
    await artifacts.remove("f0000");
    expect(await artifacts.list()).toHaveLength(1004);
  });

  test("are gone with their folder", async () => {
    const artifacts = openAnyArtifacts("s3://bucket/folders");
    for (const path of ["model/a", "model/deep/b c+é", "model2", "model.txt"]) await artifacts.write(path, path);
    await artifacts.remove("model");
    expect((await artifacts.list()).map(({ path }) => path)).toEqual(["model.txt", "model2"]);
    await artifacts.remove("model");
  });

  test("of which the connection breaks are a failure, and not waited for", async () => {
    const network = createServer((_, outgoing) => {
      outgoing.writeHead(200, { "content-length": "100000", etag: `"${"a".repeat(32)}"` });
      outgoing.write("x".repeat(1000), () => outgoing.socket?.destroy());
    });
    await new Promise<void>((resolve) => network.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void network.close());
    vi.stubEnv("MLFLOW_S3_ENDPOINT_URL", `http://127.0.0.1:${(network.address() as { port: number }).port}`);
    const read = (async () => openAnyArtifacts("s3://bucket/x").read("a"))();
    expect((await rejectionOf(read)).message).toContain("connection broke");
  });

  test("are passed on by a server of ours as they come, and a folder is none", async () => {
    const artifacts = new ServedArtifacts({ destination: "s3://bucket/served", places: [] });
    const { app } = serveFolder(undefined, {}, "files", artifacts);
    const ask = (method: string, path: string, body?: Buffer) =>
      app.fetch(
        new Request(`http://localhost/api/2.0/mlflow-artifacts/artifacts/${path}`, {
          method,
          body: body && new Blob([body]),
        }),
      );
    const bytes = randomBytes(3_000_000);
    expect((await ask("PUT", "model/a.bin", bytes)).status).toBe(200);
    const found = await ask("GET", "model/a.bin");
    expect(found.headers.get("content-length")).toBe("3000000");
    expect(Buffer.from(await found.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await ask("HEAD", "model/a.bin")).headers.get("content-length")).toBe("3000000");
    const folder = await ask("GET", "model");
    expect([folder.status, await folder.text()]).toEqual([400, expect.stringContaining("is a folder")]);
    expect((await ask("GET", "nothing")).status).toBe(404);
    expect((await ask("DELETE", "model")).status).toBe(200);
    expect((await ask("GET", "model/a.bin")).status).toBe(404);
  });

  test("that were damaged on the way are not kept", async () => {
    const artifacts = openAnyArtifacts("s3://bucket/damaged");
    const bytes = randomBytes(300_000);
    await artifacts.write("a.bin", bytes);
    expect(Buffer.from(await artifacts.read("a.bin")).equals(bytes)).toBe(true);
    const folder = temporaryFolder();
    // A network that changes one byte.
    const network = createServer((incoming, outgoing) => {
      void send({
        method: incoming.method ?? "GET",
        url: new URL(`${server.endpoint}${incoming.url}`),
        headers: { ...(incoming.headers as Record<string, string>), host: new URL(server.endpoint).host },
        timeout: 10_000,
      }).then(async (answer) => {
        const body = await readBody(answer);
        if (body.length > 1000) body[1000] = ((body[1000] as number) + 1) % 256;
        outgoing.writeHead(answer.status, answer.headers);
        outgoing.end(body);
      });
    });
    await new Promise<void>((resolve) => network.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      network.closeAllConnections();
      network.close();
    });
    vi.stubEnv("MLFLOW_S3_ENDPOINT_URL", `http://127.0.0.1:${(network.address() as { port: number }).port}`);
    const fetched = (async () => artifacts.download("a.bin", folder))();
    expect((await rejectionOf(fetched)).code).toBe("DATA_LOSS");
  });

  test("need somebody who asks", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "");
    vi.stubEnv("HOME", temporaryFolder());
    const listed = (async () => openAnyArtifacts("s3://bucket/x").list())();
    expect((await rejectionOf(listed)).message).toContain("AWS_ACCESS_KEY_ID");
  });
});
