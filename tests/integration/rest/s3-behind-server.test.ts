import { createHash, randomBytes } from "node:crypto";
import { createReadStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src";
import { openAnyArtifacts } from "../../../src/artifacts";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { s3Server } from "../../support/s3-server";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { trackbook } from "../cli/command-line";

describeWithParts(["python"], "a bucket behind our server", ({ python: { python } }) => {
  const bucket = s3Server(python);
  const STORE = ["--backend-store-uri", "sqlite:///mlflow.db"];

  async function start(destination: string) {
    const folder = temporaryFolder();
    const args = ["server", "--port", "0", ...STORE, "--artifacts-destination", destination];
    // Clients of the server know nothing of the bucket.
    const { url, pid } = await startProgram(folder, args, { env: bucket.env });
    const client = new TrackingClient(url);
    return { folder, url, pid, client, runId: (await client.createRun("0")).info.runId };
  }

  test("keeps what clients send to the server, lists it and gives it back", async () => {
    const { folder, client, runId } = await start("s3://bucket/served");
    await client.logText(runId, "hello", "notes/a b+é.txt");
    await client.logDict(runId, { a: 1 }, "config.json");
    expect(await client.listArtifacts(runId)).toEqual([
      { path: "config.json", isDir: false, fileSize: expect.any(Number) },
      { path: "notes", isDir: true },
    ]);
    expect(await client.listArtifacts(runId, { path: "notes" })).toEqual([
      { path: "notes/a b+é.txt", isDir: false, fileSize: 5 },
    ]);
    const fetched = await client.downloadArtifacts(runId, "", { dstPath: temporaryFolder() });
    expect(readFileSync(join(fetched, "notes/a b+é.txt"), "utf8")).toBe("hello");
    expect((await rejectionOf(client.downloadArtifacts(runId, "none"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    const inBucket = openAnyArtifacts(`s3://bucket/served/0/${runId}/artifacts`);
    expect(Buffer.from(await inBucket.read("notes/a b+é.txt")).toString("utf8")).toBe("hello");

    // What is removed for good is removed from the bucket.
    await client.deleteRun(runId);
    const args = ["gc", ...STORE, "--yes", "--artifacts-destination", "s3://bucket/served"];
    expect(await trackbook(folder, args, bucket.env)).toMatchObject({ code: 0, stderr: expect.any(String) });
    expect(await inBucket.list()).toEqual([]);
  });

  test("is sent a file that the server does not hold in memory", async () => {
    const { client, pid, runId } = await start("s3://bucket/large");
    const large = join(temporaryFolder(), "large.bin");
    const piece = randomBytes(1024 * 1024);
    writeFileSync(large, Buffer.concat(Array.from({ length: 160 }, () => piece)));
    await client.logText(runId, "small", "small.txt");
    const before = mostMemory(pid);
    await client.logArtifact(runId, large);
    const fetched = await client.downloadArtifacts(runId, "large.bin", { dstPath: temporaryFolder() });
    expect(await digest(fetched)).toBe(await digest(large));
    expect(mostMemory(pid) - before).toBeLessThan(100);
  });

  test("is left by no path", async () => {
    const { url } = await start("s3://bucket/inside");
    await openAnyArtifacts("s3://bucket/outside").write("secret.txt", "secret");
    const api = `${url}/api/2.0/mlflow-artifacts/artifacts`;
    for (const path of ["..%2foutside%2fsecret.txt", "%2e%2e%2foutside%2fsecret.txt", "a%2f..%2f..%2foutside%2fx.txt"])
      for (const method of ["GET", "PUT", "DELETE"]) {
        const body = method === "PUT" ? "changed" : undefined;
        expect((await fetch(`${api}/${path}`, { method, body })).status, `${method} ${path}`).toBe(400);
      }
    expect((await fetch(`${api}?path=..%2foutside`)).status).toBe(400);
    const outside = openAnyArtifacts("s3://bucket/outside");
    expect(Buffer.from(await outside.read("secret.txt")).toString("utf8")).toBe("secret");
    expect((await outside.list()).map(({ path }) => path)).toEqual(["secret.txt"]);
  });
});

/** The most memory that a process ever had, in megabytes. */
const mostMemory = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
