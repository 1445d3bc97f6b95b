import { describe, expect, test } from "vitest";
import { serveFilled } from "../../../support/served-folder";

/** Where the link to the next part of a list leads. */
const nextOf = (html: string): string =>
  (/href="([^"]*)">the next \d+ →/.exec(html)?.[1] ?? "").replaceAll("&amp;", "&");

type Backend = Awaited<ReturnType<typeof serveFilled>>["backend"];

/** Makes the run `r0`, `r1` …; its id. */
async function addRun({ store }: Backend, experimentId: string, index: number): Promise<string> {
  const draft = { experimentId, runName: `r${index}`, userId: "me", startTime: index, tags: [] };
  return (await store.createRun(draft)).info.runId;
}

describe("pages of long lists", () => {
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
    const beyond = await (await ask("GET", `${page}?from=999`)).text();
    expect(beyond).toContain("metrics 1–30 of 41");
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
      ids.push(await addRun(backend, experimentId, index));
    }
    const html = await (await ask("GET", `/compare-runs?${ids.map((id) => `run=${id}`).join("&")}`)).text();
    const idsIn = (text: string) => [...text.matchAll(/<code class="id" title="(\w+)"/g)].map(([, id]) => id);
    expect(idsIn(html)).toEqual(ids.slice(0, 20));
    expect(html).toContain("the first 20 runs");
    const metric = await (await ask("GET", `/metric/loss?runs=${JSON.stringify(ids)}`)).text();
    expect(metric).toContain("14 more runs chosen");
    const rest = /14 more runs chosen: <a href="([^"]*)"/.exec(html)?.[1] ?? "";
    expect(idsIn(await (await ask("GET", rest.replaceAll("&amp;", "&"))).text())).toEqual(ids.slice(20));
  });

  test("say in a chart of many runs which have a curve", async () => {
    const { ask, backend, experimentId } = await serveFilled(undefined, {}, "SQLite");
    const series = { key: "loss", values: [3, 2], timestamps: [1, 2], steps: [0, 1] };
    const ids: string[] = [];
    for (let index = 0; index < 14; index++) {
      const runId = await addRun(backend, experimentId, index);
      await backend.store.logBatch(runId, { metrics: [series] });
      ids.push(runId);
    }
    const html = await (await ask("GET", `/compare-runs?${ids.map((id) => `run=${id}`).join("&")}`)).text();
    expect(html).toContain("14 runs</span>");
    expect(html).toContain("curves of the first 8 of 14 runs");
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

  test("lead to the models behind the first 100", async () => {
    const { ask, backend } = await serveFilled(undefined, {}, "SQLite");
    for (let index = 0; index < 100; index++) await backend.registry.createRegisteredModel(`a${index}`);
    const html = await (await ask("GET", "/models")).text();
    expect(html).not.toContain("/models/wine");
    const rest = await (await ask("GET", nextOf(html))).text();
    expect(rest).toContain('<a href="/models/wine">wine</a>');
    expect(rest).toContain("101–101 of 101");
  });
});
