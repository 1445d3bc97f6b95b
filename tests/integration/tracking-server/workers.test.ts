import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { childrenOf } from "../../support/child-processes";
import { startProgram, type StartedProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";

const CONNECTIONS = 40;
const KILLS = 4;

/** A server on a folder of its own, with these flags. */
const startServer = (...flags: readonly string[]): Promise<StartedProgram> =>
  startProgram(temporaryFolder(), ["server", "--backend-store-uri", "./runs", "-p", "0", ...flags]);

/** Asks over new connections all the time, until the test is over. */
function ask(url: string, answered: () => void): void {
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  const port = Number(new URL(url).port);
  const next = (): void => {
    if (isOver) return;
    const socket = connect(port, "127.0.0.1", () =>
      socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
    );
    socket.on("data", answered).on("error", () => undefined);
    socket.on("close", () => setImmediate(next));
  };
  next();
}

test(`a server of three workers goes on when ${KILLS} of them are killed one after another under ${CONNECTIONS} connections`, async () => {
  const server = await startServer("-w", "3");
  let count = 0;
  for (let connection = 0; connection < CONNECTIONS; connection++) ask(server.url, () => void count++);
  for (let killed = 0; killed < KILLS; killed++) {
    const before = await childrenOf(server.pid);
    const [oldest = 0] = before;
    const enough = count + 200;
    process.kill(oldest, "SIGKILL");
    await vi.waitFor(
      async () => {
        const now = await childrenOf(server.pid);
        expect(now).toHaveLength(3);
        expect(now).not.toContain(oldest);
        expect(count).toBeGreaterThan(enough);
      },
      { timeout: 30_000, interval: 50 },
    );
  }
  server.kill("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, signal: null });
  expect(server.output().stderr).toBe("");
});

test("a client that has stopped half-way holds a server that is to stop up for no longer than --stop-timeout", async () => {
  const server = await startServer("--stop-timeout", "1");
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  const path = "/api/2.0/mlflow-artifacts/artifacts/a";
  socket.write(`PUT ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\nabc`);
  // The server has begun to read.
  await once(socket, "data");
  server.kill("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, signal: null });
});

test("what starts MLflow's server starts this one: flags that mean nothing here are taken, and it says so", async () => {
  const server = await startServer(
    "-w",
    "2",
    "--dev",
    "--gunicorn-opts",
    "--timeout 60",
    "--expose-prometheus",
    "./prometheus",
  );
  const lines = [
    "--gunicorn-opts changes nothing: the server is Node's own.",
    "--expose-prometheus changes nothing: /metrics is always there and needs no folder.",
    "--dev changes nothing: there is nothing to load anew.",
  ];
  await vi.waitFor(() => expect(server.output().stderr.trimEnd().split("\n")).toEqual(lines), { timeout: 30_000 });
  expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
});
