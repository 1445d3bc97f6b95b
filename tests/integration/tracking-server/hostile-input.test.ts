import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Field, Fields, FieldType } from "../../../src/server/tracking/fields";
import { ROUTES, type Route } from "../../../src/server/tracking/routes";
import { serveFilled } from "../../support/served-folder";

/** Texts that have opened other servers. */
const HOSTILE_TEXTS = [
  "../../../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "%2e%2e/%2e%2e/outside",
  "/etc/passwd",
  "file:///etc/passwd",
  "mlflow-artifacts:/../../outside",
  "mlflow-artifacts:/%2e%2e/%2e%2e/outside",
  "C:\\Windows\\win.ini",
  "a\0b",
  "' OR '1'='1",
  "'; DROP TABLE runs; --",
  "1) UNION SELECT * FROM runs --",
  "__proto__",
  "constructor",
  "toString",
  "<script>alert(1)</script>",
  "\ud800",
  "💥".repeat(300),
  "a".repeat(70_000),
  `${"a/".repeat(300)}b`,
  "%",
  "{}",
  "\r\nset-cookie: a=b",
];

const deep = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.constantFrom(2 ** 53, -(2 ** 63), 1e308, "NaN", "1e999", null, true, {}, [], [[]], { key: {} }, deep(200)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** What a field would take, now and then. */
function fitting(type: FieldType, known: readonly string[]): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "text":
      return fc.oneof(fc.constantFrom(...known), fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: "grapheme" }));
    case "integer":
      return fc.oneof(fc.maxSafeInteger(), fc.constantFrom("7", 0, -1, 1));
    case "number":
      return fc.oneof(fc.double(), fc.constantFrom("NaN", "-Infinity"));
    case "flag":
      return fc.boolean();
    case "choice":
      return fc.oneof(fc.constantFrom(...Object.keys(type.names)), fc.integer());
    case "list":
      return fc.array(fitting(type.item, known), { maxLength: 4 });
    case "message":
      return requestOf(type.fields, known);
  }
}

/** A request, each field of which fits, is of any kind, or is missing. */
const requestOf = (fields: Fields, known: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, { type }]: [string, Field]) => [
        name,
        fc.oneof({ weight: 3, arbitrary: fitting(type, known) }, { weight: 1, arbitrary: anything }),
      ]),
    ),
    { requiredKeys: [] },
  );

const textOf = (value: unknown): string =>
  typeof value === "string" ? value.replace(/[\ud800-\udfff]/g, "") : JSON.stringify(value ?? "");

/** Everything in a folder, with its content. */
function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), "utf8")]),
  );
}

/** Filters that are longer than a database wants to hear. */
const LONG_FILTERS: readonly string[] = ["params.a", "name"].flatMap((key) => [
  `${key} LIKE '${"%a".repeat(30_000)}'`,
  `${key} ILIKE '${"_".repeat(70_000)}'`,
  `${key} LIKE '${"%ä".repeat(4000)}'`,
  Array.from({ length: 999 }, (_, index) => `${key} = '${index}'`).join(" AND "),
  Array.from({ length: 3000 }, (_, index) => `${key} != '${index}'`).join(" AND "),
  `${key} IN (${Array.from({ length: 5000 }, (_, index) => `'${index}'`).join(", ")})`,
  `${"(".repeat(99)}${key} = 'a'${")".repeat(99)}`,
  `${"NOT ".repeat(20_000)}${key} = 'a'`,
]);

/** Values of a field that it would take, were there not so much of them. */
function longValues({ type, isFilter = false }: Field): readonly unknown[] {
  if (isFilter) return LONG_FILTERS;
  if (type.kind === "text") return ["a".repeat(70_000), "1".repeat(400)];
  if (type.kind !== "list") return [];
  return [65, 2000].flatMap((length) =>
    ["metrics.m", "params.p", ""].map((start) =>
      Array.from({ length }, (_, index) => plainValue(type.item, `${start}${index}`)),
    ),
  );
}

/** A value of a type, its texts being `text`. */
function plainValue(type: FieldType, text: string): unknown {
  switch (type.kind) {
    case "text":
      return text;
    case "integer":
    case "number":
      return 1;
    case "flag":
      return true;
    case "choice":
      return Object.keys(type.names)[0];
    case "list":
      return [plainValue(type.item, text)];
    case "message":
      return Object.fromEntries(
        Object.entries(type.fields).map(([name, field]) => [name, plainValue(field.type, text)]),
      );
  }
}

describe.each(["files", "SQLite"] as const)("whatever is sent to a server on %s", (kind) => {
  let server: Awaited<ReturnType<typeof serveFilled>>;
  let before: Record<string, string>;
  /** Where nothing may be written: around the server's folder. */
  const around = mkdtempSync(join(tmpdir(), "trackbook-hostile-"));

  beforeAll(async () => {
    server = await serveFilled(join(around, "server"), {}, kind);
    mkdirSync(join(around, "outside"));
    writeFileSync(join(around, "outside", "kept.txt"), "kept");
    before = contentOf(join(around, "outside"));
  });

  afterAll(() => {
    rmSync(around, { recursive: true });
  });

  afterEach(() => {
    expect(contentOf(join(around, "outside"))).toEqual(before);
    expect(readdirSync(around).sort()).toEqual(["outside", "server"]);
    expect(readdirSync(server.folder).sort()).toEqual(["artifacts", "store"]);
    expect(existsSync("/tmp/outside")).toBe(false);
  });

  const cases = ROUTES.flatMap((route) =>
    route.methods.map((method) => [`${method} ${route.path}`, method, route] as const),
  );

  test.each(cases.filter(([, method]) => method !== "GET"))(
    "%s takes no body that is broken, deep or huge",
    async (_name, method, route) => {
      for (const body of [
        "{",
        "[]",
        "null",
        '"text"',
        `{"run_id": ${"[".repeat(100_000)}`,
        "[".repeat(100_000) + "]".repeat(100_000),
        '{"a":NaN}',
      ]) {
        const { status } = await send(server, method, route, {}, { body });
        expect(status === 501 || status < 500, `${status} for ${body.slice(0, 20)}`).toBe(true);
      }
    },
  );

  test("a body of more than 32 MB is refused", async () => {
    const { status } = await server.ask("POST", "/api/2.0/mlflow/runs/log-batch", "x".repeat(33e6));
    expect(status).toBe(413);
  });

  test.each(cases)("%s takes nothing that is too long, and never fails of it", async (_name, method, route) => {
    const { runId, experimentId, modelId } = server;
    const known: Readonly<Record<string, unknown>> = {
      run_id: runId,
      run_uuid: runId,
      run_ids: [runId],
      experiment_id: experimentId,
      experiment_ids: [experimentId],
      model_id: modelId,
      name: "wine",
      version: "1",
      max_results: 10,
      metric_key: "loss",
      path: "notes/a.txt",
    };
    const plain = Object.entries(route.fields).flatMap(([name, { isRequired, type }]) =>
      name in known ? [[name, known[name]]] : isRequired ? [[name, plainValue(type, "a")]] : [],
    );
    for (const [name, field] of Object.entries(route.fields))
      for (const value of longValues(field)) {
        const response = await send(
          server,
          method,
          route,
          { ...Object.fromEntries(plain), [name]: value },
          { isOurs: true },
        );
        const words = `${name} of ${JSON.stringify(value).slice(0, 40)}: ${(await response.text()).slice(0, 300)}`;
        expect(response.status === 501 || response.status < 500, words).toBe(true);
      }
  });

  test.each(cases)("%s answers what was wrong, or what was asked, and never fails", async (_name, method, route) => {
    const known = [
      server.runId,
      server.experimentId,
      server.modelId,
      "wine",
      "1",
      "loss",
      "lr",
      "notes/a.txt",
      "0",
      "",
    ];
    await fc.assert(
      fc.asyncProperty(requestOf(route.fields, known), fc.boolean(), async (values, isOurs) => {
        const response = await send(server, method, route, values, { isOurs });
        const text = await response.text();
        expect(response.status, text).toBeLessThan(
          500 + (route.path.includes("mpu/") || route.path.includes("presigned") ? 2 : 0),
        );
        if (response.status !== 200 && response.headers.get("content-type")?.includes("json"))
          expect(JSON.parse(text)).toMatchObject({ error_code: expect.any(String), message: expect.any(String) });
      }),
      { numRuns: 25 },
    );
  });
});

function send(
  server: Awaited<ReturnType<typeof serveFilled>>,
  method: string,
  route: Route,
  values: Record<string, unknown>,
  { body, isOurs = false }: { readonly body?: string; readonly isOurs?: boolean } = {},
): Promise<Response> {
  const rest = { ...values };
  const own = route.path.replace(/\{(\+?)(\w+)\}/g, (_, plus: string, name: string) => {
    const text = textOf(rest[name]).slice(0, 5000);
    delete rest[name];
    return plus ? text.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(text);
  });
  const prefix = { root: "", page: "/ajax-api/2.0", both: "/api/2.0" }[route.place ?? "both"];
  const isInQuery = method === "GET" || route.fieldsIn === "query";
  const query = Object.entries(rest).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, textOf(one).slice(0, 80_000)]),
  );
  const path =
    `${prefix}/${own}`.replace(/(?<=.)\/+$/, "") + (isInQuery ? `?${new URLSearchParams(query).toString()}` : "");
  return server.ask(
    method,
    path,
    method === "GET" ? undefined : (body ?? (isInQuery ? "body" : rest)),
    isOurs ? { "x-trackbook-filter": "extended" } : {},
  ) as Promise<Response>;
}
