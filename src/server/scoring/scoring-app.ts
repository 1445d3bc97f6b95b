import { type Context, Hono } from "hono";
import { MLMODEL_VERSION } from "../../models";
import { readBody } from "../body";
import { bodyKindOf } from "./content-type";
import { createInvoke, type Invoke } from "./invocation";
import type { PageAnswer } from "./page";
import { RefusedRequest } from "../refused-request";
import { textOf } from "./request";
import type { ServedModel } from "./served-model";
import { type Timely, within } from "./time-limit";

/** How a model is served. */
export interface ScoringOptions {
  /** This package's version, in the header of every answer. */
  readonly version: string;
  /** How long a request may take, in milliseconds. @default 60000 */
  readonly timeout?: number;
  /** The longest body that is read, in bytes: what JSON makes of it may take thirty times as much memory. @default 32000000 */
  readonly bodyLimit?: number;
}

const DEFAULTS = { timeout: 60_000, bodyLimit: 32e6 };

const JSON_TYPE = { "content-type": "application/json" };
const TEXT_TYPE = { "content-type": "text/plain; charset=utf-8" };

/**
 * MLflow's scoring protocol for one model: what `mlflow models serve` answers, and besides a page to try the model.
 *
 * @example
 * const app = createScoringApp(model, { version: "0.1.0" });
 * await app.request("/invocations", { method: "POST", headers: { "content-type": "application/json" }, body });
 */
export function createScoringApp(model: ServedModel, options: ScoringOptions): Hono {
  const { timeout, bodyLimit, version } = { ...DEFAULTS, ...options };
  const invoke = createInvoke(model);
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.res.headers.set("x-trackbook-version", version);
  });
  app.post("/invocations", async (context) => {
    const body = bodyKindOf(context.req.header("content-type"));
    if (body.kind === "refused") return context.body(body.reason, 415, TEXT_TYPE);
    const work = readBody(context, bodyLimit).then((bytes) => invoke(body.kind, bytes));
    const outcome = await within(timeout, work);
    return outcome.isLate ? timedOut(context) : context.body(outcome.value, 200, JSON_TYPE);
  });
  addPage(app, model, (kind, bytes) => within(timeout, invoke(kind, bytes)));
  const document = memo(() => JSON.stringify(requireOpenApi().openApiDocument(model, version)));
  app.get("/openapi.json", (context) => context.body(document(), 200, JSON_TYPE));
  const alive = (context: Context) => context.body("\n", 200, JSON_TYPE);
  app.get("/ping", alive);
  app.get("/health", alive);
  app.get("/version", (context) => context.body(MLMODEL_VERSION, 200, JSON_TYPE));
  app.all("/invocations", notAllowed("POST"));
  for (const path of ["/ping", "/health", "/version", "/openapi.json"]) app.all(path, notAllowed("GET"));
  app.notFound((context) => context.json({ detail: "Not Found" }, 404));
  app.onError(answerError);
  return app;
}

/** What draws the page and writes the document, loaded when somebody looks. */
const requirePage = () => require("./page") as typeof import("./page");
const requireOpenApi = () => require("./openapi") as typeof import("./openapi");

/** What somebody writes on the page is short. */
const FORM_LIMIT = 1024 * 1024;

/** The page to try the model; the form is answered with the page, so that it needs no script. */
function addPage(
  app: Hono,
  model: ServedModel,
  invoke: (...request: Parameters<Invoke>) => Promise<Timely<string>>,
): void {
  app.get("/", (context) => {
    const { PAGE_HEADERS, pageHtml } = requirePage();
    return context.body(pageHtml(model, originOf(context)), 200, PAGE_HEADERS);
  });
  app.post("/", async (context) => {
    const { PAGE_HEADERS, pageHtml, requestOfForm } = requirePage();
    const form = new URLSearchParams(textOf(await readBody(context, FORM_LIMIT)));
    const request = requestOfForm(model, form);
    const answer = await invoke("json", Buffer.from(request)).then(
      (outcome): PageAnswer =>
        outcome.isLate
          ? { kind: "refused", status: 504, message: TOO_LATE }
          : { kind: "predictions", text: outcome.value },
      (cause): PageAnswer => {
        if (!(cause instanceof RefusedRequest)) throw cause;
        return { kind: "refused", status: cause.status, message: cause.toJSON().message ?? "" };
      },
    );
    const status = answer.kind === "refused" ? (answer.status as 400) : 200;
    return context.body(pageHtml(model, originOf(context), { form, request, answer }), status, PAGE_HEADERS);
  });
}

const originOf = (context: Context): string => new URL(context.req.url).origin;

function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const TOO_LATE = "Request processing time exceeded limit";

/** The connection may still be sending a body that nobody reads on. */
const timedOut = (context: Context) => context.body(TOO_LATE, 504, { ...JSON_TYPE, connection: "close" });

const notAllowed = (allow: string) => (context: Context) =>
  context.json({ detail: "Method Not Allowed" }, 405, { allow });

function answerError(cause: unknown, context: Context): Response {
  if (cause instanceof RefusedRequest) return context.body(JSON.stringify(cause), cause.status as 400, JSON_TYPE);
  // A fault of ours: whoever runs the server is told, whoever asks is not.
  process.stderr.write(`trackbook: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  return context.json({ error_code: "INTERNAL_ERROR", message: "The server failed on this request." }, 500);
}
