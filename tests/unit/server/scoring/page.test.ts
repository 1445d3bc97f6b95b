import { describe, expect, test } from "vitest";
import { ModelSignature } from "../../../../src/models";
import { createScoringApp, type ServedModel } from "../../../../src/server/scoring";
import { columnModel, freeModel } from "./served";

const open = async (model: ServedModel, form?: Readonly<Record<string, string>>) => {
  const init = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const response = await createScoringApp(model, { version: "0" }).request("http://served.test:5001/", init);
  return { status: response.status, headers: response.headers, html: await response.text() };
};

describe("the page", () => {
  test("forbids everything but its own styles and forms", async () => {
    const { headers, html } = await open(columnModel("double"));
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline';.*form-action 'self'/,
    );
    expect(html).not.toMatch(/<script|src=|url\(|@import/);
  });

  test("has a field for each column, and the example that the model was logged with in them", async () => {
    const example = { dataframe_split: { columns: ["x"], data: [[0.25]] } };
    const { html } = await open({ ...columnModel("double"), example });
    expect(html).toMatch(/<input name="c0" value="0\.25" inputmode="decimal" required/);
  });

  test("without named columns has the request alone", async () => {
    const { html } = await open(freeModel());
    expect(html).not.toContain("<input");
    expect(html).toContain("<textarea");
  });

  test("answers a form with the page, what was sent still in it", async () => {
    const { status, html } = await open(columnModel("double"), { c0: "2.5" });
    expect(status).toBe(200);
    expect(html).toContain('<div class="figure">2.5</div>');
    expect(html).toContain('value="2.5"');
    expect(html).toContain("curl http://served.test:5001/invocations");
  });

  test("says what is wrong with what was sent", async () => {
    const { status, html } = await open(columnModel("double"), { c0: "much" });
    expect(status).toBe(400);
    expect(html).toMatch(/role="alert".*cannot be taken as double/);
  });

  test("an unticked box is false, an empty optional field is left out, an empty required one is missing", async () => {
    expect((await open(columnModel("boolean"), {})).html).toContain('<div class="figure">false</div>');
    expect((await open(columnModel("boolean"), { c0: "true" })).html).toContain('<div class="figure">true</div>');
    expect((await open(columnModel("double", false), { c0: "" })).html).toContain("[]");
    expect((await open(columnModel("long"), { c0: "" })).html).toContain("a missing value has no whole number");
  });

  test("sends a param that is not its default any more", async () => {
    const columns = [{ name: "x", type: { type: "double" }, required: true }] as const;
    const params = [{ name: "scale", type: { type: "double" }, default: 1, shape: null }] as const;
    const signature = new ModelSignature({ inputs: { kind: "columns", columns }, params });
    const model = { ...columnModel("double"), signature, predict: (_: unknown, given: unknown) => [given] };
    const shown = async (text: string) => (await open(model as ServedModel, { c0: "1", p0: text })).html;
    expect(await shown("2")).toContain("&quot;params&quot;:{&quot;scale&quot;:2}");
    expect(await shown("1")).not.toContain("&quot;params&quot;");
    expect(await shown("2")).toContain("&quot;scale&quot;: 2");
  });

  test("escapes every name and value", async () => {
    const attack = `"'><img onerror=alert(1)>`;
    const spec = { name: attack, type: { type: "string" }, required: true } as const;
    const signature = new ModelSignature({ inputs: { kind: "columns", columns: [spec] } });
    const model = { card: { name: attack, flavor: attack }, signature, predict: () => [attack] };
    const forms: (Record<string, string> | undefined)[] = [undefined, { c0: attack }, { request: attack }];
    for (const form of forms) expect((await open(model, form)).html).not.toContain("<img");
  });

  test("shows rows as a table, and many of them as some", async () => {
    const rows = Array.from({ length: 150 }, (_, row) => [row, row * 2]);
    const { html } = await open({ ...freeModel(), predict: () => rows }, { request: '{"inputs":[1]}' });
    expect(html).toContain('<th scope="row">99</th>');
    expect(html).not.toContain('<th scope="row">100</th>');
    expect(html).toContain("and 50 more");
  });
});
