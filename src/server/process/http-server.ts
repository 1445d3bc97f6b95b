import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { errorCode, InvalidInputError, messages, StoreError } from "../../core";

/** What answers requests: an app of hono, or something around one. */
export type App = Pick<Hono, "fetch">;

/** Where a server listens. */
export interface Address {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** How long a server waits, in milliseconds; where it does not say, as long as it takes. */
export interface Patience {
  /** Until the app has answered a request, which it sees to itself. */
  readonly timeout?: number;
  /** Until the next bytes of a request come, or of an answer are taken. */
  readonly silence?: number;
  /** Until what is under way has been answered, when the server stops. */
  readonly stopTimeout?: number;
}

/** A server that answers. */
export interface HttpServer {
  /** The URL to open, with the port that was chosen. */
  readonly url: string;
  /**
   * Takes no more connections, answers what has come in over those that there are, and resolves when all are closed: after `stopTimeout` at the
   * latest.
   */
  drain(): Promise<void>;
}

/** A connection without a request for so long has nothing on its way. */
const QUIET_MS = 400;

/** How much longer than a request may take a connection may be silent. */
const SLACK_MS = 30_000;

/**
 * Serves an app.
 *
 * @throws InvalidInputError when the port is taken or the host is none of this machine's
 */
export async function startHttpServer(app: App, address: Address, patience: Patience = {}): Promise<HttpServer> {
  const server = serverOf(app, patience);
  const connections = new Connections(server, patience.stopTimeout);
  const url = await listen(server, address);
  return { url, drain: () => connections.drain() };
}

/** Serves an app over connections that another process has taken. */
export function serveConnections(app: App, patience: Patience): { take(socket: Socket): void; drain(): Promise<void> } {
  const server = serverOf(app, patience);
  const connections = new Connections(server, patience.stopTimeout);
  return {
    take(socket) {
      server.emit("connection", socket);
      socket.resume();
    },
    drain: () => connections.drain(),
  };
}

function serverOf(app: App, { timeout, silence }: Patience): Server {
  const server = createServer(getRequestListener(app.fetch));
  // The app has its own limit, which it answers with 504. For Node 0 is none.
  server.requestTimeout = timeout === undefined ? 0 : timeout + SLACK_MS;
  if (silence !== undefined) endSilence(server, silence);
  return server;
}

/** Closes connections over which a request or an answer has stopped half-way; an app that is at work is waited for. */
function endSilence(server: Server, silence: number): void {
  server.setTimeout(silence);
  server.prependListener("request", (request, response) => {
    response.on("timeout", () => {
      if (!request.complete || response.headersSent) request.socket.destroy();
    });
  });
}

/** Lets a server listen, and answers its URL. @throws InvalidInputError when the port is taken or the host is none of this machine's */
export function listen(server: NetServer, { host, port }: Address): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(problemOf(cause, { host, port })));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      const bound = server.address();
      resolve(urlOf({ host, port: typeof bound === "object" && bound !== null ? bound.port : port }));
    });
  });
}

/**
 * The kernel resets connections that it has made and nobody has accepted. So for one turn of the loop accepting is all there is to do, before a server
 * is closed.
 */
export const allAccepted = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function problemOf(cause: unknown, { host, port }: Address): Error {
  const code = errorCode(cause);
  if (code === "EADDRINUSE") return new InvalidInputError(messages.portTaken(host, port), { cause });
  if (code === "EACCES") return new InvalidInputError(messages.portForbidden(host, port), { cause });
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return new InvalidInputError(messages.noSuchHost(host), { cause });
  return new StoreError(messages.notListening(host, port), { cause });
}

/** The URL by which a server is opened on this machine. */
function urlOf({ host, port }: Address): string {
  // Nobody can open 0.0.0.0 everywhere.
  const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${shown.includes(":") ? `[${shown}]` : shown}:${port}`;
}

/**
 * The connections of a server, and what is being answered on each. Node closes idle ones at once when a server is closed; a request that is on
 * its way over one of them would get no answer.
 */
class Connections {
  readonly #server: Server;
  readonly #stopTimeout: number | undefined;
  readonly #answers = new Map<Socket, ServerResponse | undefined>();
  #isDraining = false;

  constructor(server: Server, stopTimeout: number | undefined) {
    this.#server = server;
    this.#stopTimeout = stopTimeout;
    server.on("connection", (socket) => {
      this.#answers.set(socket, undefined);
      socket.once("close", () => this.#answers.delete(socket));
      if (this.#isDraining) this.#closeWhenQuiet(socket);
    });
    server.prependListener("request", ({ socket }, response) => {
      this.#answers.set(socket, response);
      if (this.#isDraining) response.setHeader("connection", "close");
      response.once("close", () => this.#settle(socket, response));
    });
  }

  async drain(): Promise<void> {
    this.#isDraining = true;
    if (this.#server.listening) await this.#stopListening();
    for (const [socket, response] of this.#answers) {
      if (!response) this.#closeWhenQuiet(socket);
      else if (!response.headersSent) response.setHeader("connection", "close");
    }
    const closed = Promise.all([...this.#answers.keys()].map((socket) => once(socket, "close")));
    const late = this.#stopTimeout === undefined ? undefined : setTimeout(() => this.#closeAll(), this.#stopTimeout);
    await closed;
    clearTimeout(late);
  }

  #closeAll(): void {
    for (const socket of this.#answers.keys()) socket.destroy();
  }

  /** Nothing is read meanwhile. */
  async #stopListening(): Promise<void> {
    const sockets = [...this.#answers.keys()];
    for (const socket of sockets) socket.pause();
    await allAccepted();
    NetServer.prototype.close.call(this.#server);
    for (const socket of sockets) socket.resume();
  }

  #settle(socket: Socket, response: ServerResponse): void {
    if (this.#answers.get(socket) !== response) return;
    this.#answers.set(socket, undefined);
    if (this.#isDraining) this.#closeWhenQuiet(socket);
  }

  #closeWhenQuiet(socket: Socket): void {
    setTimeout(() => {
      if (!this.#answers.get(socket)) socket.destroySoon();
    }, QUIET_MS);
  }
}
