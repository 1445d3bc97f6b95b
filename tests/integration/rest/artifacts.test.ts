import { createHash, randomBytes } from "node:crypto";
import { createReadStream, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TrackingClient } from "../../../src";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { pythonServer } from "../../support/python-server";
import { temporaryFolder } from "../../support/temporary-folder";

describeWithParts(["python"], "artifacts that Python's server keeps", ({ python: { python } }) => {
  const server = pythonServer(python);

  const newRun = async () => {
    const client = new TrackingClient(server.uri);
    const { info } = await client.createRun("0");
    return { client, runId: info.runId, uri: info.artifactUri };
  };

  test("are written, listed and fetched, whatever their names", async () => {
    const { client, runId, uri } = await newRun();
    expect(uri).toMatch(/^mlflow-artifacts:/);
    await client.logText(runId, "hello", "notes/a b+1.txt");
    await client.logText(runId, "é", "notes/ü %.txt");
    await client.logDict(runId, { a: 1 }, "config.json");
    expect(await client.listArtifacts(runId)).toEqual([
      { path: "config.json", isDir: false, fileSize: expect.any(Number) },
      { path: "notes", isDir: true },
    ]);
    expect(await client.listArtifacts(runId, { path: "notes" })).toEqual([
      { path: "notes/a b+1.txt", isDir: false, fileSize: 5 },
      { path: "notes/ü %.txt", isDir: false, fileSize: 2 },
    ]);
    const file = await client.downloadArtifacts(runId, "notes/a b+1.txt", { dstPath: temporaryFolder() });
    expect(readFileSync(file, "utf8")).toBe("hello");
    const folder = await client.downloadArtifacts(runId, "notes");
    expect(readFileSync(join(folder, "ü %.txt"), "utf8")).toBe("é");
    expect((await rejectionOf(client.downloadArtifacts(runId, "none.txt"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
  });

  test("that are folders go and come whole, several files at once", async () => {
    const { client, runId } = await newRun();
    const source = temporaryFolder();
    const names = Array.from({ length: 40 }, (_, index) => `deep/${index % 7}/f${index}.txt`);
    for (const name of names) {
      mkdirSync(join(source, name, ".."), { recursive: true });
      writeFileSync(join(source, name), `text of ${name}`);
    }
    await client.logArtifacts(runId, source, { artifactPath: "data" });
    const folder = await client.downloadArtifacts(runId, "", { dstPath: temporaryFolder() });
    for (const name of names) expect(readFileSync(join(folder, "data", name), "utf8")).toBe(`text of ${name}`);
  });

  test("that are large pass through without being held in memory", async () => {
    const { client, runId } = await newRun();
    const folder = temporaryFolder();
    const large = join(folder, "large.bin");
    const piece = randomBytes(1024 * 1024);
    writeFileSync(large, Buffer.concat(Array.from({ length: 150 }, () => piece)));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 5);
    await client.logArtifact(runId, large);
    const fetched = await client.downloadArtifacts(runId, "large.bin", { dstPath: join(folder, "fetched") });
    clearInterval(watch);
    expect(statSync(fetched).size).toBe(150 * 1024 * 1024);
    expect(await digest(fetched)).toBe(await digest(large));
    expect(most).toBeLessThan(60 * 1024 * 1024);
  });

  test("that are tables grow at their ends", async () => {
    const { client, runId } = await newRun();
    await client.logTable(runId, [{ a: 1 }], "t.json");
    await client.logTable(runId, { a: [2], b: ["x"] }, "t.json");
    const file = await client.downloadArtifacts(runId, "t.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      columns: ["a", "b"],
      data: [
        [1, null],
        [2, "x"],
      ],
    });
    expect(JSON.parse((await client.getRun(runId)).data.tags["mlflow.loggedArtifacts"] as string)).toEqual([
      { path: "t.json", type: "table" },
    ]);
  });
});

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
