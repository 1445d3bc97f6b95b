import { type FileInfo, InvalidInputError, messages, StoreError } from "../../core";
import {
  artifactAuthorization,
  type HttpAnswer,
  httpSettings,
  readBody,
  withoutCredentials,
  withRetries,
} from "../../core/http";
import type { RemoteArtifactRepository } from "../artifact-repository";
import { checking, sha256In } from "../digests";
import { remoteArtifacts } from "../remote-artifacts";
import { transfer } from "../transfer";
import { type Outgoing, outgoing } from "./outgoing";

/** Where a server keeps artifacts for its clients. */
export interface ProxyArtifactsOptions {
  /** `mlflow-artifacts:/…`, `mlflow-artifacts://host:port/…`, or the `http(s):` URL below a server's `/api/2.0/mlflow-artifacts/artifacts`. */
  readonly uri: string;
  /** The server that a URI without a host means. */
  readonly trackingUri?: string;
}

const API = "/api/2.0/mlflow-artifacts/artifacts";

/**
 * The artifacts that a tracking server keeps for its clients, by its HTTP API. Where the server is ours, what is sent and what comes is checked
 * against its SHA-256 (RFC 9530); Python's says nothing of it.
 *
 * @example await proxyArtifacts({ uri: run.info.artifactUri, trackingUri: "http://127.0.0.1:5000" }).list();
 */
export function proxyArtifacts({ uri, trackingUri }: ProxyArtifactsOptions): RemoteArtifactRepository {
  const root = rootOf(uri, trackingUri);
  const urlOf = (path: string): URL => new URL(`${root.href}/${path.split("/").map(encodeURIComponent).join("/")}`);
  return remoteArtifacts(uri, {
    put: async (path, upload) => {
      const sent = await outgoing(upload);
      const answer = await send(path, sent);
      requireMlflow((await readBody(answer)).toString("utf8"), urlOf(path));
      const kept = sha256In(answer.headers["repr-digest"]);
      if (kept === undefined || sent.sent === undefined || kept === sha256In(sent.sent())) return;
      await readBody(await ask("DELETE", urlOf(path), trackingUri));
      throw new StoreError(messages.uploadDamaged(path));
    },
    get: async (path) => {
      const answer = await ask("GET", urlOf(path), trackingUri);
      if (answer.status === 404) {
        await readBody(answer);
        throw new StoreError(messages.artifactNotFound(path, uri));
      }
      const length = answer.headers["content-length"];
      const digest = sha256In(answer.headers["content-digest"]);
      return {
        bytes: answer.body,
        ...(length !== undefined && { size: Number(length) }),
        ...(digest !== undefined && {
          check: checking(
            { algorithm: "sha256", digest, encoding: "base64" },
            () => new StoreError(messages.artifactDamaged(path)),
          ),
        }),
      };
    },
    remove: async (path) => {
      await readBody(await ask("DELETE", urlOf(path), trackingUri));
    },
    list: async (path) => {
      const [, base = "", folder = ""] = new RegExp(`^(.*?${API})/?(.*)$`).exec(root.href) ?? [];
      const url = new URL(base);
      const below = [...(folder === "" ? [] : [decodeURIComponent(folder)]), ...(path === "" ? [] : [path])].join("/");
      url.searchParams.set("path", below);
      const answer = await ask("GET", url, trackingUri);
      const text = (await readBody(answer)).toString("utf8");
      if (answer.status === 404) return [];
      const { files = [] } = JSON.parse(text) as { files?: WireFile[] };
      return files.map((file) => toFileInfo(file, path));
    },
  });

  async function send(path: string, sent: Outgoing): Promise<HttpAnswer> {
    try {
      return await ask("PUT", urlOf(path), trackingUri, sent);
    } catch (cause) {
      // Something on the way has changed it: another time it may arrive.
      if (cause instanceof StoreError && cause.message.includes("Content-Digest"))
        throw new StoreError(messages.uploadDamaged(path), { cause });
      throw cause;
    }
  }
}

/** A login page says "200" too, and has kept nothing. MLflow answers with JSON, or nothing at all. */
function requireMlflow(answer: string, { href }: URL): void {
  if (/^\s*</.test(answer))
    throw new StoreError(messages.notAnMlflowServer(withoutCredentials(href), "its answer is a page"));
}

interface WireFile {
  readonly path: string;
  readonly is_dir?: boolean;
  readonly file_size?: number | string;
}

/** The server's names are relative to the folder that was asked for. */
function toFileInfo({ path: name, is_dir: isDir = false, file_size: size }: WireFile, folder: string): FileInfo {
  const path = folder === "" ? name : `${folder}/${name}`;
  return isDir ? { path, isDir } : { path, isDir, fileSize: Number(size ?? 0) };
}

function rootOf(uri: string, trackingUri: string | undefined): URL {
  if (/^https?:/i.test(uri)) return new URL(uri.replace(/\/+$/, ""));
  const [, host, path = ""] = /^mlflow-artifacts:(?:\/\/([^/]*))?\/*(.*?)\/*$/i.exec(uri) ?? [];
  const server = host ? `${/^https:/i.test(trackingUri ?? "") ? "https" : "http"}://${host}` : trackingUri;
  if (server === undefined || !/^https?:/i.test(server))
    throw new InvalidInputError(messages.artifactsBehindServer(uri));
  return new URL(`${server.replace(/\/+$/, "")}${API}/${path.split("/").map(encodeURIComponent).join("/")}`);
}

/** The server's answer, of a status that says that it has done what it could. */
function ask(method: string, url: URL, trackingUri: string | undefined, upload?: Outgoing): Promise<HttpAnswer> {
  const settings = httpSettings();
  const authorization = artifactAuthorization(url, trackingUri);
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...(upload && { ...upload.headers, "content-length": upload.size, "content-type": "application/octet-stream" }),
  };
  const request = { method, url, headers, body: upload?.body, timeout: settings.timeout };
  const place = withoutCredentials(url.href);
  return withRetries(() => transfer(place, request, { mayBeMissing: true, reasonIn }), settings);
}

function reasonIn(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message ?? text);
  } catch {
    return text.slice(0, 200);
  }
}
