import { once } from "node:events";
import { connect } from "node:net";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { type App, startHttpServer } from "../../../../src/server/process";

const HERE = { host: "127.0.0.1", port: 0 };

/** @param begun is called when a body comes in */
const app = (begun = () => {}): App => {
  const own = new Hono();
  own.put("/body", async ({ req, text }) => {
    begun();
    return text(await req.text().catch(() => "broken"));
  });
  own.get("/slow", async ({ text }) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return text("done");
  });
  own.get("/stuck", ({ body }) => body(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(9)) })));
  return own;
};

/** Says something over a connection of its own, and answers what has come over it when it is closed. */
function say(url: string, words: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), HERE.host, () => socket.write(words));
  onTestFinished(() => void socket.destroy());
  let text = "";
  socket.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  socket.on("error", () => undefined);
  return once(socket, "close").then(() => text);
}

const HALF = "PUT /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc";

test("a client that stops half-way through its body is not waited for, one that is waiting for its answer is", async () => {
  const server = await startHttpServer(app(), HERE, { silence: 300 });
  const half = say(server.url, HALF);
  const slow = fetch(`${server.url}/slow`).then((response) => response.text());
  const stuck = say(server.url, "GET /stuck HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(await half).toBe("");
  expect(await stuck).toContain("200 OK");
  expect(await slow).toBe("done");
  await server.drain();
});

test("a server that stops waits for what is under way, and no longer than it was told to", async () => {
  let hasBegun = () => {};
  const begun = new Promise<void>((resolve) => {
    hasBegun = resolve;
  });
  const server = await startHttpServer(app(hasBegun), HERE, { stopTimeout: 700 });
  const slow = fetch(`${server.url}/slow`).then((response) => response.text());
  void say(server.url, HALF);
  await begun;
  const begin = performance.now();
  await server.drain();
  const took = performance.now() - begin;
  expect(await slow).toBe("done");
  expect(took).toBeGreaterThan(600);
  expect(took).toBeLessThan(5000);
});
