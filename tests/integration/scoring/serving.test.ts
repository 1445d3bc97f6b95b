import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { childrenOf } from "../../support/child-processes";
import { trackbook } from "../cli/command-line";
import { loadUntilRefused } from "./load";
import { folderOfModels, predictRow, startServing } from "./served-process";

const ROW = JSON.stringify({ dataframe_split: { columns: ["a", "b"], data: [[1, 2]] } });

let folder: string;
beforeAll(async () => {
  folder = await folderOfModels();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("trackbook models serve", () => {
  test("says one line with the URL when it answers, and ends with 0 on SIGTERM", async () => {
    const served = await startServing(folder, ["-m", "linear"]);
    expect(await predictRow(served.url, 1, 2)).toEqual({
      status: 200,
      body: { predictions: [[expect.closeTo(9, 9)]] },
    });
    const version = await fetch(`${served.url}/version`);
    expect(await version.text()).toBe("3.17.2");
    expect(version.headers.get("x-trackbook-version")).toMatch(/^\d+\.\d+\.\d+/);
    served.kill("SIGTERM");
    expect(await served.ended).toEqual({ code: 0, signal: null });
    const { stdout, stderr } = served.output();
    expect(stdout).toMatch(/^linear is served on http:\/\/127\.0\.0\.1:\d+ [^\n]*\n$/);
    expect(stderr).toBe("");
  });

  test.each([
    ["one process", []],
    ["three workers", ["--workers", "3"]],
  ])("%s under load: SIGTERM drops no answer", async (_, args) => {
    const served = await startServing(folder, ["-m", "linear", ...args]);
    const outcomes = await loadUntilRefused(served.url, ROW, {
      connections: 24,
      after: { answers: 500, call: () => served.kill("SIGTERM") },
    });
    expect(outcomes.dropped).toEqual([]);
    expect(outcomes.refused).toBe(24);
    expect(outcomes.answered).toBeGreaterThanOrEqual(500);
    expect(await served.ended).toEqual({ code: 0, signal: null });
  });

  test("Ctrl-C ends it with 130", async () => {
    const served = await startServing(folder, ["-m", "linear"]);
    served.kill("SIGINT");
    expect(await served.ended).toEqual({ code: 130, signal: null });
  });

  test("a client that never finishes its body is 504 after the time that a request has, and holds nobody up", async () => {
    const served = await startServing(folder, ["-m", "linear", "-t", "5"]);
    const answer = await sendHalf(served.url);
    expect(await predictRow(served.url, 1, 1)).toMatchObject({ status: 200 });
    expect(await answer.received).toMatch(
      /^HTTP\/1\.1 504 .*connection: close.*Request processing time exceeded limit$/is,
    );
    served.kill("SIGTERM");
    expect(await served.ended).toEqual({ code: 0, signal: null });
  });

  test("a second signal does not wait for it", async () => {
    const served = await startServing(folder, ["-m", "linear", "-t", "3600"]);
    await sendHalf(served.url);
    served.kill("SIGTERM");
    // Once the first has been seen, no more connections are taken.
    await untilRefused(served.url);
    served.kill("SIGTERM");
    expect(await served.ended).toEqual({ code: 143, signal: null });
  });

  test("a worker that dies is replaced", async () => {
    const served = await startServing(folder, ["-m", "linear", "--workers", "2"]);
    const before = await childrenOf(served.pid);
    expect(before).toHaveLength(2);
    process.kill(before[0] as number, "SIGKILL");
    await until(async () => {
      const now = await childrenOf(served.pid);
      return now.length === 2 && !now.includes(before[0] as number);
    });
    expect(await predictRow(served.url, 1, 2)).toMatchObject({ status: 200 });
    served.kill("SIGTERM");
    expect(await served.ended).toEqual({ code: 0, signal: null });
  });
});

describe("what cannot be served is told in one line", () => {
  test.each([[[]], [["--workers", "2"]]])("a port that is taken %j", async (args) => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await trackbook(folder, [
      "models",
      "serve",
      "-m",
      "linear",
      "-p",
      String(port),
      ...args,
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      new RegExp(`^error: Port ${port} of 127\\.0\\.0\\.1 is taken by another program\\..*--port ${port + 1}.*\\n$`),
    );
  });

  test("an address that is not this machine's", async () => {
    const { code, stderr } = await trackbook(folder, ["models", "serve", "-m", "linear", "-h", "192.0.2.1", "-p", "0"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: This machine has no such address\..*192\.0\.2\.1.*\n$/);
  });

  test("a model that is not there", async () => {
    const { code, stderr } = await trackbook(folder, ["models", "serve", "-m", "nothing-here"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]*nothing-here[^\n]*\n$/);
  });

  test.each([
    [["-p", "70000"], "65535"],
    [["-p", "x"], "65535"],
    [["-t", "0"], "above 0"],
    [["-w", "0"], "from 1 to 256"],
    [["--body-limit", "much"], "100MB"],
    [["--env", "conda"], "isolated"],
    [["--env-manager", "poetry"], "virtualenv"],
  ])("%j is a usage error", async (args, said) => {
    const { code, stderr } = await trackbook(folder, ["models", "serve", "-m", "linear", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});

/** Announces a body and sends half of it. */
async function sendHalf(url: string): Promise<{ readonly received: Promise<string> }> {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  const received = new Promise<string>((resolve) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => (text += part));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
  await new Promise((resolve) => socket.once("connect", () => resolve(undefined)));
  socket.write(
    "POST /invocations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{",
  );
  return { received };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("the condition did not come about");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const untilRefused = (url: string): Promise<void> =>
  until(() =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
