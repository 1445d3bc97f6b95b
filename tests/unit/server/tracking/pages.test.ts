import { writeFileSync } from "node:fs";
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

  test("say of a model without a version that it has none", async () => {
    const { ask, backend } = await serveFilled();
    await backend.registry.createRegisteredModel("beer");
    expect(await (await ask("GET", "/models/beer")).text()).toContain("none yet");
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

  test("say of an artifact that it is not there, above those that are", async () => {
    const { html } = await open(
      ({ experimentId, runId }) => `/experiments/${experimentId}/runs/${runId}/artifacts/notes/b.txt`,
    );
    expect(html).toContain("No artifact &quot;notes/b.txt&quot; exists");
    expect(html).toContain("/artifacts/notes/a.txt");
  });

  test("answer a browser with a page where there is none, a client as MLflow does", async () => {
    const { ask } = await serveFilled(undefined, { prefix: "/x" });
    const html = await (await ask("GET", "/x/nothing", undefined, { accept: "text/html,*/*" })).text();
    expect(html).toContain("<title>not found · trackbook</title>");
    expect(html).toContain('href="/x/"');
    const plain = await ask("GET", "/x/nothing");
    expect([plain.status, await plain.text()]).toEqual([404, "<h1>Not Found</h1>"]);
  });

  test("call a run that cannot be read a failure, not missing", async () => {
    const { ask, folder, experimentId, runId } = await serveFilled();
    writeFileSync(`${folder}/store/${experimentId}/${runId}/meta.yaml`, "status: [");
    const response = await ask("GET", `/experiments/${experimentId}/runs/${runId}`);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("<title>failed · trackbook</title>");
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
