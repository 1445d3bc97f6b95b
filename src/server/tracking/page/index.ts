import type { Context, Hono } from "hono";
import { InvalidInputError, messages, TrackbookError } from "../../../core";
import { toVersion } from "../../../tracking";
import type { Backend } from "../backend";
import { Addresses } from "./addresses";
import { comparePage, metricPage } from "./compare-page";
import { experimentPage } from "./experiment-page";
import { experimentsPage } from "./experiments-page";
import { layout, pageHeaders, problemCard } from "./layout";
import { loggedModelPage } from "./logged-model-page";
import { modelPage, modelsPage, versionPage } from "./models-pages";
import { runPage } from "./run-page";

/** What a page that could not be shown is called. */
const titleOf = (status: number): string =>
  status === 404 ? "not found" : status < 500 ? "not understood" : status === 503 ? "not available now" : "failed";

/** Adds the pages to look at runs and models: complete on the server, with no script but one that follows MLflow's addresses. */
export function addPages(app: Hono, backend: Backend, prefix: string): void {
  const addresses = new Addresses(prefix);
  const headers = pageHeaders(prefix);
  const failed = (context: Context, error: TrackbookError) => {
    const text = layout(addresses, undefined, [{ name: titleOf(error.status) }], [problemCard(error)]);
    return context.body(text, error.status as 404, headers);
  };
  const add = (path: string, page: (context: Context, query: URLSearchParams) => Promise<string>) =>
    app.get(`${prefix}${path}`, async (context) => {
      try {
        return context.body(await page(context, new URL(context.req.url).searchParams), 200, headers);
      } catch (error) {
        if (!(error instanceof TrackbookError)) throw error;
        return failed(context, error);
      }
    });
  // The printed URL has no slash at its end.
  if (prefix !== "") add("", (_, query) => experimentsPage(backend, addresses, query));
  add("/", (_, query) => experimentsPage(backend, addresses, query));
  add("/experiments", (_, query) => experimentsPage(backend, addresses, query));
  // MLflow's address may name a tab of the experiment.
  for (const rest of ["", "/runs", "/models"])
    add(`/experiments/:id${rest}`, ({ req }, query) =>
      experimentPage(backend, addresses, { id: req.param("id") ?? "", query }),
    );
  add("/compare-runs", (_, query) => comparePage(backend, addresses, query));
  for (const rest of ["", "/:key{.+}"])
    add(`/metric${rest}`, ({ req }, query) => metricPage(backend, addresses, { key: req.param("key"), query }));
  for (const rest of ["", "/artifacts", "/artifacts/:path{.+}"])
    add(`/experiments/:id/models/:model${rest}`, ({ req }) =>
      loggedModelPage(backend, addresses, { modelId: req.param("model") ?? "", path: req.param("path") ?? "" }),
    );
  for (const rest of ["", "/artifacts", "/artifacts/:path{.+}", "/model-metrics", "/system-metrics"])
    add(`/experiments/:id/runs/:run${rest}`, ({ req }, query) =>
      runPage(backend, addresses, { runId: req.param("run") ?? "", path: req.param("path") ?? "", query }),
    );
  add("/models", (_, query) => modelsPage(backend, addresses, query));
  add("/models/:name", ({ req }, query) => modelPage(backend, addresses, { name: req.param("name") ?? "", query }));
  add("/models/:name/versions/:version", ({ req }) =>
    versionPage(backend, addresses, {
      name: req.param("name") ?? "",
      version: toVersion(req.param("version")),
    }),
  );
  // Whoever asks for a page gets one; a client is told in MLflow's words.
  app.get(`${prefix}/*`, async (context, next) => {
    if (!context.req.header("accept")?.includes("text/html")) return next();
    return failed(context, new InvalidInputError(messages.noSuchPage(context.req.path)));
  });
}
