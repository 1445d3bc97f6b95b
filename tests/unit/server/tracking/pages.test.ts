import { describe, expect, test } from "vitest";
import { serveFilled } from "../../../support/served-folder";

async function open(path: string | ((ids: { experimentId: string; runId: string }) => string)) {
  const server = await serveFilled();
  const response = await server.ask("GET", typeof path === "string" ? path : path(server));
  return { ...server, status: response.status, headers: response.headers, html: await response.text() };
}

/** Where the link to the next part of a list leads. */
const nextOf = (html: string): string =>
  (/href="([^"]*)">the next \d+ →/.exec(html)?.[1] ?? "").replaceAll("&amp;", "&");

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
    const first = await (await ask("GET", "/")).text();
    expect(first.match(/<tr>/g)).toHaveLength(501);
    const rest = await (await ask("GET", nextOf(first))).text();
    expect(rest).toContain(">wine</a>");
    expect(rest).toContain("501–505 of 505");
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

  test("show params of many digits in four and the whole in a tooltip, and when a run was made before its figures", async () => {
    const server = await serveFilled();
    const { runId } = (
      await server.backend.store.createRun({
        experimentId: server.experimentId,
        runName: "second",
        userId: "me",
        startTime: 2,
        tags: [],
      })
    ).info;
    const params = { lr: "0.0071428571428571435", seed: "20261126001" };
    await server.backend.store.logBatch(runId, {
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
    });
    const html = await (await server.ask("GET", `/experiments/${server.experimentId}`)).text();
    expect(html).toContain('<td title="0.0071428571428571435">0.007143</td>');
    expect(html).toContain(">20261126001</td>");
    const heads = [...html.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, name]) =>
      name?.replace(/<[^>]*>/g, ""),
    );
    expect(heads).toEqual(["run", "state", "created", "took", "loss", "lr", "seed", "id"]);
    const compared = await (await server.ask("GET", `/compare-runs?run=${runId}&run=${server.runId}`)).text();
    expect(compared).toContain('<td title="0.0071428571428571435">0.007143</td>');
  });

  test("leave out no run to save bytes, and say which part of all is shown", async () => {
    const { ask, backend, experimentId } = await serveFilled(undefined, {}, "SQLite");
    for (let index = 0; index < 60; index++) {
      const { info } = await backend.store.createRun({
        experimentId,
        runName: `run ${index}`,
        userId: "me",
        startTime: 2 + index,
        tags: [],
      });
      const keys = Array.from({ length: 8 }, (_, at) => `a_long_name_of_a_metric_${at}`);
      await backend.store.logBatch(info.runId, {
        metrics: keys.map((key) => ({ key, values: [index], timestamps: [1], steps: [0] })),
      });
    }
    const html = await (await ask("GET", `/experiments/${experimentId}`)).text();
    expect(html).toContain("the first 50 runs, newest first");
    expect(html.match(/type="checkbox"/g)).toHaveLength(50);
    const rest = await (await ask("GET", nextOf(html))).text();
    expect(rest).toContain("runs 51–61 of 61, newest first");
    expect(rest.match(/type="checkbox"/g)).toHaveLength(11);
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

  test("show all versions of a model, the newest first, whichever was changed last, and lead to those behind the first 100", async () => {
    const { ask, backend } = await serveFilled(undefined, {}, "SQLite");
    for (let version = 2; version <= 103; version++)
      await backend.registry.createModelVersion("wine", { source: "s3://w" });
    await backend.registry.setModelVersionTag("wine", 2, { key: "seen", value: "last" });
    const numbers = (html: string) => [...html.matchAll(/>version (\d+)<\/a>/g)].map(([, number]) => Number(number));
    const html = await (await ask("GET", "/models/wine")).text();
    expect(numbers(html)).toEqual(Array.from({ length: 100 }, (_, index) => 103 - index));
    expect(html).toContain("the first 100");
    expect(html).not.toContain("none yet");
    const rest = await (await ask("GET", nextOf(html))).text();
    expect(numbers(rest)).toEqual([3, 2, 1]);
    expect(rest).toContain("101–103 of 103");
    expect(rest).toContain('<a href="/models/wine">← from the beginning</a>');
    expect(nextOf(rest)).toBe("");
  });

  test("say of a model without a version that it has none", async () => {
    const { ask, backend } = await serveFilled();
    await backend.registry.createRegisteredModel("beer");
    expect(await (await ask("GET", "/models/beer")).text()).toContain("none yet");
  });

  test("lead to the models behind the first 100", async () => {
    const { ask, backend } = await serveFilled(undefined, {}, "SQLite");
    for (let index = 0; index < 100; index++) await backend.registry.createRegisteredModel(`a${index}`);
    const html = await (await ask("GET", "/models")).text();
    expect(html).not.toContain("/models/wine");
    const rest = await (await ask("GET", nextOf(html))).text();
    expect(rest).toContain('<a href="/models/wine">wine</a>');
    expect(rest).toContain("101–101 of 101");
  });

  test("lead from a version to its run, by name", async () => {
    const { html, experimentId, runId } = await open("/models/wine/versions/1");
    expect(html).toContain(`<dt>from run</dt> <dd><a href="/experiments/${experimentId}/runs/${runId}">first</a></dd>`);
  });

  test("tell the way to where one is, from its section", async () => {
    expect((await open("/models")).html).not.toContain("the way to this page");
    const { html } = await open("/models/wine/versions/1");
    const way = /<nav aria-label="the way to this page">(.*?)<\/nav>/.exec(html)?.[1] ?? "";
    expect(
      way
        .replace(/<[^>]*>/g, "")
        .replace(/\s+/g, " ")
        .trim(),
    ).toBe("models / wine / version 1");
  });

  test.each([
    ["/experiments/987654", 404, "not found"],
    ["/models/wine/versions/one", 400, "not understood"],
    ["/compare-runs?runs=one", 400, "not understood"],
  ])("are titled by what went wrong: %s", async (path, code, title) => {
    const { status, html } = await open(path);
    expect(status).toBe(code);
    expect(html).toContain(`<title>${title} · trackbook</title>`);
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
