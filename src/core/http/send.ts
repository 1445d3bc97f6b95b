import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { Readable } from "node:stream";
import { globalSlot } from "../global-state";

/** One request. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** A stream is made anew for each attempt. */
  readonly body?: string | Uint8Array | (() => Readable);
  /** So many milliseconds without a word are a failure. */
  readonly timeout: number;
}

/** What came back, its body unread. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Readable;
}

const agents = globalSlot("http-agents", () => new Map<string, http.Agent>());

/** Sends one request over a connection that is kept for the next. Rejects when no answer comes. */
export function send({ method, url, headers, body, timeout }: HttpRequest): Promise<HttpAnswer> {
  const isSecure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: agentFor(isSecure) };
    const bare = new URL(url);
    bare.username = "";
    bare.password = "";
    const request = (isSecure ? https : http).request(bare, options, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response });
    });
    request.on("error", reject);
    request.setTimeout(timeout, () => request.destroy(timeoutError(timeout)));
    if (typeof body !== "function") {
      request.end(body);
      return;
    }
    const stream = body();
    stream.on("error", (error) => request.destroy(error));
    // Of an upload that breaks off the file would stay open.
    request.on("close", () => stream.destroy());
    stream.pipe(request);
  });
}

/** The whole body of an answer. */
export async function readBody(answer: HttpAnswer): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function timeoutError(timeout: number): Error {
  return Object.assign(new Error(`no word from the server for ${timeout / 1000} s`), { code: "ETIMEDOUT" });
}

/** Connections are shared by all requests with the same idea of whom to trust. */
function agentFor(isSecure: boolean): http.Agent {
  const tls = isSecure ? tlsOptions() : {};
  const key = JSON.stringify([isSecure, tls]);
  const known = agents.get(key);
  if (known) return known;
  const options = { keepAlive: true, maxSockets: 16, scheduling: "lifo" } as const;
  const agent = isSecure ? new https.Agent({ ...options, ...readFiles(tls) }) : new http.Agent(options);
  agents.set(key, agent);
  return agent;
}

interface TlsFiles {
  readonly isInsecure?: boolean;
  readonly authorities?: string;
  readonly client?: string;
}

/** What MLflow's variables say of certificates. */
function tlsOptions(env: NodeJS.ProcessEnv = process.env): TlsFiles {
  return {
    isInsecure: env.MLFLOW_TRACKING_INSECURE_TLS?.toLowerCase() === "true",
    authorities: env.MLFLOW_TRACKING_SERVER_CERT_PATH,
    client: env.MLFLOW_TRACKING_CLIENT_CERT_PATH,
  };
}

function readFiles({ isInsecure, authorities, client }: TlsFiles): https.AgentOptions {
  const pair = client ? readFileSync(client) : undefined;
  return {
    rejectUnauthorized: !isInsecure,
    ...(authorities && { ca: readFileSync(authorities) }),
    ...(pair && { cert: pair, key: pair }),
  };
}
