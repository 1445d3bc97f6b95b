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

  test("draw the metrics of all runs in parts, say which of how many, and lead to the others", async () => {
    const { ask, backend, experimentId, runId } = await serveFilled(undefined, {}, "SQLite");
    const series = (count: number, name: string) =>
      Array.from({ length: count }, (_, at) => ({
        key: `${name}_${String(at).padStart(2, "0")}`,
        values: [1, 2],
        timestamps: [1, 2],
        steps: [0, 1],
      }));
    await backend.store.logBatch(runId, { metrics: series(40, "own") });
    const page = `/experiments/${experimentId}/runs/${runId}`;
    const charts = (html: string) => html.match(/class="legend"/g)?.length ?? 0;
    const html = await (await ask("GET", page)).text();
    expect(html).toContain("metrics 1–30 of 41");
    expect(charts(html)).toBe(30);
    expect(html).toContain("the next 11 →");
    const rest = await (await ask("GET", nextOf(html))).text();
    expect(rest).toContain("metrics 31–41 of 41");
    expect(charts(rest)).toBe(11);
    // The card keeps its curves, and claims no best of metrics whose history was not read.
    expect(rest.match(/class="spark"/g)).toHaveLength(8);

    const other = await backend.store.createRun({ experimentId, runName: "b", userId: "me", startTime: 2, tags: [] });
    await backend.store.logBatch(other.info.runId, { metrics: series(40, "other") });
    const compared = await (await ask("GET", `/compare-runs?run=${runId}&run=${other.info.runId}`)).text();
    expect(compared).toContain("metrics 1–30 of 81");
    const second = await (await ask("GET", nextOf(compared))).text();
    expect(charts(compared) + charts(second)).toBe(60);
    const third = await (await ask("GET", nextOf(second))).text();
    expect(charts(third)).toBe(21);
    expect(third).toContain("metrics 61–81 of 81");
  });

  test("compare twenty runs at once, and lead to the others that were chosen", async () => {
    const { ask, backend, experimentId } = await serveFilled(undefined, {}, "SQLite");
    const ids: string[] = [];
    for (let index = 0; index < 34; index++) {
      const { info } = await backend.store.createRun({
        experimentId,
        runName: `r${index}`,
        userId: "me",
        startTime: index,
        tags: [],
      });
      ids.push(info.runId);
    }
    const html = await (await ask("GET", `/compare-runs?${ids.map((id) => `run=${id}`).join("&")}`)).text();
    const idsIn = (text: string) => [...text.matchAll(/<code class="id" title="(\w+)"/g)].map(([, id]) => id);
    expect(idsIn(html)).toEqual(ids.slice(0, 20));
    expect(html).toContain("the first 20 runs");
    const rest = /14 more runs chosen: <a href="([^"]*)"/.exec(html)?.[1] ?? "";
    expect(idsIn(await (await ask("GET", rest.replaceAll("&amp;", "&"))).text())).toEqual(ids.slice(20));
  });

  test("say in a chart of many runs which have a curve", async () => {
    const { ask, backend, experimentId } = await serveFilled(undefined, {}, "SQLite");
    const series = { key: "loss", values: [3, 2], timestamps: [1, 2], steps: [0, 1] };
    const ids: string[] = [];
    for (let index = 0; index < 14; index++) {
      const { info } = await backend.store.createRun({
        experimentId,
        runName: `r${index}`,
        userId: "me",
        startTime: index,
        tags: [],
      });
      await backend.store.logBatch(info.runId, { metrics: [series] });
      ids.push(info.runId);
    }
    const html = await (await ask("GET", `/compare-runs?${ids.map((id) => `run=${id}`).join("&")}`)).text();
    expect(html).toContain("14 runs</span>");
    expect(html).toContain("curves of the first 8 of 14 runs");
  });

  test.each(["files", "SQLite"] as const)(
    "say of a run and of an experiment that it is deleted, and what brings it back: %s",
    async (kind) => {
      const { ask, backend, experimentId, runId } = await serveFilled(undefined, {}, kind);
      await backend.store.deleteRun(runId);
      const run = await (await ask("GET", `/experiments/${experimentId}/runs/${runId}`)).text();
      expect(run.match(/is deleted/g)).toHaveLength(1);
      expect(run).toContain(`<code>trackbook runs restore --run-id ${runId}</code>`);
      const all = await (await ask("GET", `/experiments/${experimentId}?view=ALL`)).text();
      expect(all).toContain('<span class="mut">deleted</span>');
      await backend.store.restoreRun(runId);
      await backend.store.deleteExperiment(experimentId);
      const experiment = await (await ask("GET", `/experiments/${experimentId}`)).text();
      expect(experiment).toContain(`<code>trackbook experiments restore -x ${experimentId}</code>`);
      expect(experiment).toContain(`/runs/${runId}">first</a>`);
      const gone = await backend.store.createExperiment("gone");
      await backend.store.deleteExperiment(gone);
      expect(await (await ask("GET", `/experiments/${gone}`)).text()).not.toContain("autolog()");
    },
  );

  test.each([
    ["/metric/loss?runs=RUNS", "loss"],
    ['/metric?runs=RUNS&metric="loss"&experiments=["1"]', "loss"],
    ['/metric?runs=RUNS&metric="x"&plot_metric_keys=["loss"]', "loss"],
  ])("draw one metric where MLflow's address of a chart leads: %s", async (address, key) => {
    const { ask, runId } = await serveFilled();
    const response = await ask("GET", address.replace("RUNS", JSON.stringify([runId])));
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain(`<title>${key} · trackbook</title>`);
    expect(html.match(/class="plot"/g)).toHaveLength(1);
    expect(html).toContain(`href="/compare-runs?run=${runId}"`);
  });

  test("say of an address of a chart without a metric what is missing", async () => {
    expect((await open("/metric?runs=[]")).status).toBe(400);
  });

  test("show a LoggedModel with its run and its files", async () => {
    const server = await serveFilled();
    const { experimentId, runId, modelId } = server;
    const { artifactLocation } = await server.backend.store.getLoggedModel(modelId);
    await server.backend.artifacts.open(artifactLocation).write("code/MLmodel", "flavors: {}");
    await server.backend.store.finalizeLoggedModel(modelId, "READY");
    const page = `/experiments/${experimentId}/models/${modelId}`;
    const html = await (await server.ask("GET", page)).text();
    expect(html).toContain(`<a href="/experiments/${experimentId}/runs/${runId}">first</a>`);
    expect(html).toContain(`await loadModel(&quot;models:/${modelId}&quot;)`);
    expect(html).toContain(`<a href="${page}/artifacts/code">code/</a>`);
    const file = await (await server.ask("GET", `${page}/artifacts/code/MLmodel`)).text();
    expect(file).toContain("flavors: {}");
    const download = /href="([^"]*)">download/.exec(file)?.[1] ?? "";
    expect(await (await server.ask("GET", download.replaceAll("&amp;", "&"))).text()).toBe("flavors: {}");
    expect((await server.ask("GET", `/experiments/${experimentId}/models`)).status).toBe(200);
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
