import { describe, expect, test } from "vitest";
import { serveFilled } from "../../../support/served-folder";

async function open(path: string | ((ids: { experimentId: string; runId: string }) => string)) {
  const server = await serveFilled();
  const response = await server.ask("GET", typeof path === "string" ? path : path(server));
  return { ...server, status: response.status, headers: response.headers, html: await response.text() };
}

describe("the pages of the tracking server", () => {
  test("forbid everything but their own styles, forms, pictures and the script that follows MLflow's addresses", async () => {
    const { headers, html } = await open("/");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none';.*script-src 'sha256-[\w+/=]+'$/);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  test("list the experiments, each with a link", async () => {
    const { html, experimentId } = await open("/");
    expect(html).toContain(`<a href="/experiments/${experimentId}">wine</a>`);
  });

  test("find experiments by part of a name, in which no letter stands for others, and lead to those behind the first 500", async () => {
    const { ask, backend } = await serveFilled(undefined, {}, "SQLite");
    for (const name of ["a_b", "aXb", "50%"]) await backend.store.createExperiment(name);
    const html = await (await ask("GET", "/?name=A_b")).text();
    expect(html).toContain(">a_b</a>");
    expect(html).not.toContain(">aXb</a>");
    for (let index = 0; index < 500; index++) await backend.store.createExperiment(`e${index}`);
    const next = /href="(\/experiments\?[^"]*page=[^"]*)"/.exec(await (await ask("GET", "/")).text())?.[1] ?? "";
    const rest = await (await ask("GET", next.replaceAll("&amp;", "&"))).text();
    expect(rest).toContain(">wine</a>");
    expect(rest).not.toContain("the next");
  });

  test("show the runs of an experiment, to be searched and chosen", async () => {
    const { html, experimentId, runId } = await open(
      (ids) => `/experiments/${ids.experimentId}?filter=params.lr+%3D+'0.1'`,
    );
    expect(html).toContain(`<input type="checkbox" name="run" value="${runId}"`);
    expect(html).toContain(`href="/experiments/${experimentId}/runs/${runId}"`);
    expect(html).toContain('value="params.lr = &#39;0.1&#39;"');
  });

  test("say what is wrong with a filter, beside the filter", async () => {
    const { status, html } = await open(({ experimentId }) => `/experiments/${experimentId}?filter=metrics.loss+%3C`);
    expect(status).toBe(200);
    expect(html).toContain('role="alert"');
    expect(html).toContain('value="metrics.loss &lt;"');
  });

  test("show a run with its curve and its artifacts", async () => {
    const { html } = await open(({ experimentId, runId }) => `/experiments/${experimentId}/runs/${runId}`);
    expect(html).toContain("<svg");
    expect(html).toMatch(/\/artifacts\/notes">notes\/<\/a>/);
  });

  test("show the beginning of a text, escaped", async () => {
    const server = await serveFilled();
    const { artifactUri } = (await server.backend.store.getRun(server.runId)).info;
    await server.backend.artifacts.open(artifactUri).write("notes/b.html", "<img src=x onerror=alert(1)>");
    const response = await server.ask(
      "GET",
      `/experiments/${server.experimentId}/runs/${server.runId}/artifacts/notes/b.html`,
    );
    const html = await response.text();
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(html).not.toContain("<img src=x");
  });

  test("compare runs that are named as MLflow's addresses name them", async () => {
    const { html, runId } = await open(
      ({ runId: id }) => `/compare-runs?runs=${encodeURIComponent(JSON.stringify([id]))}`,
    );
    expect(html).toContain(runId);
    expect(html).toContain("1 run");
  });

  test("show registered models, and their versions", async () => {
    expect((await open("/models")).html).toContain('<a href="/models/wine">wine</a>');
    expect((await open("/models/wine")).html).toContain('href="/models/wine/versions/1"');
    expect((await open("/models/wine/versions/1")).html).toContain("models:/m-");
  });

  test.each([
    ["/experiments/987654"],
    ["/experiments/0/runs/nothing"],
    ["/models/nothing"],
    ["/compare-runs?run=nothing"],
  ])("say of %s that it is not there", async (path) => {
    const { status, html } = await open(path);
    expect(status).toBe(404);
    expect(html).toContain('role="alert"');
  });
});
