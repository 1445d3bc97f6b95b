import fc from "fast-check";
import { expect, test } from "vitest";
import { createScoringApp } from "../../../src/server/scoring";
import { MODELS, servedModel } from "./models";

const BODIES = 10_000;

/** Names that objects have by themselves, and those of MLflow's forms. */
const name = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "toJSON",
    "then",
    "length",
  ),
  fc.constantFrom(
    "a",
    "b",
    "x",
    "vector",
    "object",
    "any",
    "0",
    "",
    "columns",
    "data",
    "index",
    "params",
    "temperature",
  ),
  fc.constantFrom("boolean", "integer", "long", "float", "double", "string", "binary", "datetime"),
  fc.string(),
  fc.integer({ min: 1, max: 4 }).map((power) => "k".repeat(10 ** power)),
);

const single = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -0,
    1,
    2.5,
    1e308,
    -1e308,
    2 ** 53,
    2 ** 31,
    "",
    "1",
    "1.5",
    "z",
    "true",
    "NaN",
    "inf",
  ),
  fc.constantFrom(
    "2024-01-02",
    "2024-01-02T03:04:05Z",
    "9999-99-99",
    "aGVsbG8=",
    "1e999",
    "0x10",
    "1_0",
    " 5 ",
    "\ud800",
  ),
  fc.double(),
  fc.string(),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    single,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.array(single, { maxLength: 4 }), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 5 }).map(Object.fromEntries),
  ),
}));

const split = fc.record(
  { columns: fc.oneof(fc.array(name, { maxLength: 4 }), value), data: value, index: value },
  { requiredKeys: ["data"] },
);
const form = fc
  .tuple(fc.constantFrom("dataframe_split", "dataframe_records", "instances", "inputs"), fc.oneof(split, value))
  .map(([field, content]) => ({ [field]: content }));
const request = fc.oneof(
  form,
  fc.tuple(form, fc.record({ params: value })).map(([one, params]) => ({ ...one, ...params })),
  fc.tuple(form, form).map(([one, other]) => ({ ...one, ...other })),
  fc.record({ columns: value, instances: value }),
  fc.tuple(fc.constantFrom("messages", "prompt", "input"), value).map(([field, content]) => ({ [field]: content })),
  value,
);

const nested = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom("[", '{"a":', '{"inputs":[', '{"inputs":{"a":'))
  .map(([power, open]) => `{"inputs":${open.repeat(10 ** power)}`);

const body = fc.oneof(
  { weight: 6, arbitrary: request.map((content) => JSON.stringify(content)) },
  { weight: 1, arbitrary: request.map((content) => JSON.stringify(content).replaceAll("null", "NaN")) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: nested.map((text) => `${text}1${"]".repeat(text.length)}`) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 10, max: 400 }).map((digits) => `{"inputs":{"long":[${"9".repeat(digits)}]}}`),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.array(fc.string(), { maxLength: 4 }), { maxLength: 5 }).map((rows) => rows.join("\n")),
  },
);

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/json") },
  { weight: 2, arbitrary: fc.constant("text/csv") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("application/json; charset=utf-8", "text/plain", "", ";;;", "application/json;="),
  },
);

test("of 10,000 random bodies none is a server error, and every answer is what it says it is", async () => {
  const apps = Object.entries(MODELS).map(
    ([model, description]) => [model, createScoringApp(servedModel(model, description), { version: "0" })] as const,
  );
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...apps), contentType, body, async ([, app], type, content) => {
      const headers = { "content-type": type };
      const response = await app.request("/invocations", { method: "POST", headers, body: content as string });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect([200, 400, 415]).toContain(response.status);
      const text = await response.text();
      if (response.headers.get("content-type") === "application/json") expect(() => JSON.parse(text)).not.toThrow();
      // Whatever was sent, an error says little of it.
      if (response.status !== 200) expect(text.length).toBeLessThan(10_000);
    }),
    { numRuns: BODIES },
  );
  // They are not all turned away at the door.
  expect(statuses.get(200)).toBeGreaterThan(BODIES / 20);
  expect(statuses.get(400)).toBeGreaterThan(BODIES / 20);
});
