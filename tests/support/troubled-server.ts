import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** What a network or server does to requests. */
export type Trouble =
  | "none"
  /** No connection comes about. */
  | "away"
  /** 500 without a word of MLflow's. */
  | "failing"
  /** Requests arrive, their answers do not. */
  | "mute"
  /** Nothing passes until the trouble is over; then everything does. */
  | "stalled";

/** A network between programs and a server, which has its troubles. */
export interface TroubledServer {
  readonly uri: string;
  /** What has passed to the server, as `POST /api/…`. */
  readonly passed: readonly string[];
  /** How many requests a stall holds up. */
  readonly held: number;
  /** @param path whose requests have the trouble, by the end of their paths. @default all */
  become(trouble: Trouble, path?: string): void;
  close(): void;
}

/** Stands before a server on a port of its own. */
export async function troubledServer(target: () => string): Promise<TroubledServer> {
  let trouble: Trouble = "none";
  let troubled = "";
  const waiting: (() => void)[] = [];
  const passed: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const isSpared = !incoming.url?.split("?")[0]?.endsWith(troubled);
    if (isSpared) pass(incoming, outgoing, false);
    else if (trouble === "away") {
      incoming.socket.destroy();
    } else if (trouble === "failing") {
      outgoing.statusCode = 500;
      outgoing.end("out of order");
    } else if (trouble === "stalled") waiting.push(() => pass(incoming, outgoing, false));
    else pass(incoming, outgoing, trouble === "mute");
  });

  function pass(incoming: IncomingMessage, outgoing: ServerResponse, isMute: boolean): void {
    passed.push(`${incoming.method} ${incoming.url?.split("?")[0]}`);
    const { method, headers, url } = incoming;
    const { host } = new URL(target());
    const onward = request(`${target()}${url}`, { method, headers: { ...headers, host } }, (answer) => {
      if (isMute) {
        answer.resume();
        answer.on("end", () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    passed,
    get held() {
      return waiting.length;
    },
    become: (next, path = "") => {
      trouble = next;
      troubled = path;
      if (next !== "stalled") for (const go of waiting.splice(0)) go();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
