import { connect, type Socket } from "node:net";

/** How a server held out. */
export interface LoadResult {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds within which 99 of 100 were answered. */
  readonly p99: number;
}

/**
 * Asks a server for so long, over some connections that each ask again as soon as they are answered. On bare sockets, for a client of HTTP takes more
 * time than the server that is measured.
 *
 * @param body the same each time, or made of the number of the request
 */
export async function httpLoad(
  url: string,
  body: string | ((index: number) => string),
  ms: number,
  connections: number,
): Promise<LoadResult> {
  const { hostname, port, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: `;
  const requestOf = (text: string) => Buffer.from(`${head}${Buffer.byteLength(text)}\r\n\r\n${text}`);
  const same = typeof body === "string" ? requestOf(body) : undefined;
  let count = 0;
  const times: number[] = [];
  const start = performance.now();
  const until = start + ms;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(await connected(Number(port), hostname));
      while (performance.now() < until) {
        const request = same ?? requestOf((body as (index: number) => string)(count++));
        const asked = performance.now();
        await connection.ask(request);
        times.push(performance.now() - asked);
      }
      connection.end();
    }),
  );
  const rate = (times.length / (performance.now() - start)) * 1000;
  times.sort((a, b) => a - b);
  return { rate, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN };
}

const connected = (port: number, host: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket.setNoDelay(true)));
    socket.once("error", reject);
  });

/** One kept-alive connection, on which one request at a time is answered with a content-length. */
class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #answered: (() => void) | undefined;
  #failed: ((cause: Error) => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (part: Buffer) => this.#take(part));
    socket.on("error", (cause) => this.#failed?.(cause));
    socket.on("close", () => this.#failed?.(new Error("the server closed the connection")));
  }

  ask(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  end(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part]);
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const head = this.#received.toString("latin1", 0, headEnd);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (this.#received.length < headEnd + 4 + length) return;
    this.#received = this.#received.subarray(headEnd + 4 + length);
    if (head.startsWith("HTTP/1.1 200")) this.#answered?.();
    else this.#failed?.(new Error(head));
  }
}
