import type { IncomingMessage } from "node:http";
import { type Context, Hono } from "hono";
import { errorCode, messages, TrackbookError } from "../../core";
import { errorForm } from "../error-form";
import type { App } from "../process";
import { RefusedRequest } from "../refused-request";
import type { Backend } from "./backend";
import { createGuard, type GuardOptions, type Refusal } from "./guards";
import { readRequest } from "./read-request";
import { RequestCounts } from "./request-counts";
import { ROUTES, type Route } from "./routes";
import { serverInfo } from "./server-info";
import { faultText, StreamedList } from "./wire";

/** How the tracking server answers. */
export interface TrackingOptions extends GuardOptions {
  /** This package's version, in the header of every answer. */
  readonly version: string;
  /** Artifacts only: everything else is answered with 503. @default false */
  readonly isArtifactsOnly?: boolean;
}

const PREFIXES = { both: ["/api", "/ajax-api"], page: ["/ajax-api"], root: [""] } as const;

/**
 * MLflow's tracking API, answered out of a backend.
 *
 * @example
 * const app = createTrackingApp(backend, { version: "0.1.0" });
 * await app.fetch(new Request("http://localhost/api/2.0/mlflow/experiments/get?experiment_id=0"));
 */
export function createTrackingApp(backend: Backend, options: TrackingOptions): App {
  const { version, prefix = "" } = options;
  const guard = createGuard(options);
  const headers = { ...guard.headers, "x-trackbook-version": version };
  const app = new Hono();
  const counts = new RequestCounts();
  const jsonHeaders = { ...headers, "content-type": "application/json" };
  const json = (context: Context, value: object) =>
    context.body(value instanceof StreamedList ? value.body() : JSON.stringify(value, null, 2), 200, jsonHeaders);

  app.get(`${prefix}/health`, (context) => context.text("OK"));
  app.get(`${prefix}/version`, (context) => context.text(requireModels().MLMODEL_VERSION));
  app.get(`${prefix}/metrics`, (context) => context.text(counts.toString(), 200, METRICS_TYPE));
  app.get(`${prefix}/openapi.json`, (context) => json(context, requireOpenApi().openApiDocument(version, prefix)));
  for (const place of PREFIXES.both)
    app.get(`${prefix}${place}/3.0/mlflow/server-info`, (context) => json(context, serverInfo(backend)));
  for (const route of ROUTES) {
    for (const path of pathsOf(route))
      app.on([...route.methods], `${prefix}${path}`, answerOf(route, backend, options, json, counts));
  }
  for (const path of new Set(ROUTES.flatMap(pathsOf))) app.all(`${prefix}${path}`, notAllowed);
  if (!options.isArtifactsOnly) app.get(`${prefix}/*`, pagesOf(backend, prefix));
  app.notFound(notFound);
  app.onError(answerError);

  return {
    async fetch(request, env, ...rest) {
      const { method, path, given } = comingIn(request, (env as { incoming?: IncomingMessage } | undefined)?.incoming);
      const refusal = guard.check(method, path, given) ?? refuseSteps(path);
      if (refusal)
        return new Response(refusal.text, { status: refusal.status, headers: { ...refusal.headers, ...headers } });
      const crossOrigin = guard.crossOriginHeaders(given.origin);
      if (method === "OPTIONS") return new Response(null, { status: 204, headers: { ...headers, ...crossOrigin } });
      const response = await app.fetch(request, env, ...rest);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      for (const [name, value] of Object.entries(crossOrigin)) response.headers.set(name, value);
      return response;
    },
  };
}

/** Prometheus' text form. */
const METRICS_TYPE = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };

/** What is none of the API's, and for somebody to look at. */
function pagesOf(backend: Backend, prefix: string): (context: Context) => Response | Promise<Response> {
  let pages: Hono | undefined;
  return (context) => {
    if (!pages) {
      pages = new Hono();
      requirePages().addPages(pages, backend, prefix);
      pages.notFound(notFound);
      pages.onError(answerError);
    }
    return pages.fetch(context.req.raw, context.env);
  };
}

/** What draws pages and writes the document, and what is known of models, loaded when somebody asks. */
const requireModels = () => require("../../models") as typeof import("../../models");
const requireOpenApi = () => require("./openapi") as typeof import("./openapi");
const requirePages = () => require("./page") as typeof import("./page");

/** What is known of a request before it is read; a request that came by no connection was made in this process. */
function comingIn(request: Request, incoming: IncomingMessage | undefined) {
  if (incoming)
    return {
      method: incoming.method ?? "GET",
      path: (incoming.url ?? "/").replace(/\?.*$/s, ""),
      given: incoming.headers,
    };
  const { host, pathname } = new URL(request.url);
  return { method: request.method, path: pathname, given: { host, ...Object.fromEntries(request.headers) } };
}

/** Node's URLs walk up `..` by themselves, `%2e%2e` as well: such a path says something else than what is served. */
function refuseSteps(path: string): Refusal | undefined {
  const hasSteps = path.split(/[/\\]|%2f|%5c/i).some((part) => /^(?:\.|%2e|%252e){1,2}$/i.test(part));
  if (!hasSteps) return undefined;
  const text = JSON.stringify(errorForm(new RefusedRequest(messages.badRequestPath(path))));
  return { status: 400, text, headers: { "content-type": "application/json" } };
}

/** Hono's form of a route's paths. */
function pathsOf({ path, versions = ["2.0"], place }: Route): string[] {
  const own = path.replace(/\{\+\w+\}/g, ":rest{.+}").replace(/\{(\w+)\}/g, ":$1");
  if (place === "root") return [`/${own}`];
  return PREFIXES[place ?? "both"].flatMap((prefix) => versions.map((version) => `${prefix}/${version}/${own}`));
}

function answerOf(
  route: Route,
  backend: Backend,
  { isArtifactsOnly = false }: TrackingOptions,
  json: (context: Context, value: object) => Response,
  counts: RequestCounts,
): (context: Context) => Promise<Response> | Response {
  if (route.isProxy && !backend.artifacts.isServing) return off("--no-serve-artifacts", "--serve-artifacts");
  if (isArtifactsOnly && !route.isProxy) return off("--artifacts-only", "no --artifacts-only");
  return async (context) => {
    const begin = performance.now();
    let status = 500;
    try {
      const values = await readRequest(route, context);
      const response =
        "respond" in route
          ? await route.respond(values, backend, context)
          : json(context, ((await route.answer(values, backend)) as object | undefined) ?? {});
      status = response.status;
      // Nobody reads it.
      if (context.req.method === "HEAD") await response.body?.cancel();
      return response;
    } catch (cause) {
      const failure = blameOf(cause);
      if (failure instanceof TrackbookError) status = failure.status;
      throw failure;
    } finally {
      counts.add(context.req.method, route.path, status, (performance.now() - begin) / 1000);
    }
  };
}

/** A name that the file system finds too long is the sender's. */
const blameOf = (cause: unknown): unknown =>
  errorCode(cause) === "ENAMETOOLONG" ? new RefusedRequest(messages.nameTooLong(), { cause }) : cause;

/** MLflow's words. */
const off = (flag: string, remedy: string) => (context: Context) =>
  context.text(
    `Endpoint: ${context.req.path} disabled due to the server running with \`${flag}\`. To enable it, run it with \`${remedy}\`.`,
    503,
  );

const notAllowed = (context: Context) => context.html("<h1>Method Not Allowed</h1>", 405);
const notFound = (context: Context) => context.html("<h1>Not Found</h1>", 404);

function answerError(cause: unknown, context: Context): Response {
  if (cause instanceof TrackbookError) {
    if (cause.status >= 500 && cause.code !== "NOT_IMPLEMENTED") report(cause);
    return context.body(JSON.stringify(errorForm(cause)), cause.status as 400, { "content-type": "application/json" });
  }
  report(cause);
  return context.json({ error_code: "INTERNAL_ERROR", message: "The server failed on this request." }, 500);
}

/** A fault of ours or of the store: whoever runs the server is told. */
function report(cause: unknown): void {
  process.stderr.write(`${faultText(cause)}\n`);
}
