import { describe, expect, test } from "vitest";
import { createScoringApp } from "../../../../src/server/scoring";
import { ask, columnModel, freeModel } from "./served";

const twice = (rows: number) => ({ inputs: { x: Array.from({ length: rows }, (_, row) => row) } });

describe("the body", () => {
  test("may hold Python's words for missing and infinite numbers", async () => {
    const body = '{"inputs":{"x":[NaN, Infinity, -Infinity, 1]}}';
    expect(await ask(columnModel("double"), body)).toEqual({
      status: 200,
      body: { predictions: [null, null, null, 1] },
    });
  });

  test.each(["{", '{"inputs":{"x":[NaN}', "NaN", '{"inputs":NaN NaN}', "[NaN", '{"a" NaN}'])(
    "%s is refused",
    async (body) => {
      expect(await ask(columnModel("double"), body)).toMatchObject({
        status: 400,
        body: { error_code: "BAD_REQUEST" },
      });
    },
  );

  test("says little of itself in an error", async () => {
    const { body } = await ask(columnModel("double"), `{"inputs":${"x".repeat(10_000)}}`);
    expect(JSON.stringify(body).length).toBeLessThan(600);
  });

  test("is 413 when it is longer than the limit, announced or not", async () => {
    const app = createScoringApp(columnModel("double"), { version: "0", bodyLimit: 1000 });
    const bytes = new TextEncoder().encode(JSON.stringify(twice(1000)));
    const headers = { "content-type": "application/json" };
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 100) controller.enqueue(bytes.slice(at, at + 100));
        controller.close();
      },
    });
    for (const init of [
      { body: bytes, headers: { ...headers, "content-length": String(bytes.length) } },
      { body: stream, headers, duplex: "half" as const },
    ]) {
      const response = await app.request("/invocations", { method: "POST", ...init });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({
        error_code: "BAD_REQUEST",
        message: expect.stringContaining("--body-limit"),
      });
    }
  });
});

describe("time", () => {
  test("a model that takes too long is 504, and what it says afterwards is dropped", async () => {
    let finish: (reason: Error) => void = () => undefined;
    const slow = freeModel(() => new Promise((_, reject) => (finish = reject)));
    const answer = await ask(slow, { inputs: [1] }, { options: { timeout: 20 } });
    expect(answer).toEqual({ status: 504, body: "Request processing time exceeded limit" });
    finish(new Error("too late"));
  });

  test("a body that never ends is 504", async () => {
    const app = createScoringApp(columnModel("double"), { version: "0", timeout: 20 });
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"inputs"')),
    });
    const headers = { "content-type": "application/json" };
    const response = await app.request("/invocations", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(504);
    expect(response.headers.get("connection")).toBe("close");
  });
});

describe("what the model says", () => {
  test.each([
    [
      [1, Number.NaN],
      [1, null],
    ],
    [new Float32Array([0.5, 1]), [0.5, 1]],
    [
      { a: new Float64Array([1]), b: [[1, 2]] },
      { a: [1], b: [[1, 2]] },
    ],
    [new Map([["a", 1]]), { a: 1 }],
    [new Date(0), "1970-01-01T00:00:00.000"],
    [Buffer.from("hello"), "aGVsbG8="],
    [undefined, null],
    [12n, 12],
    [{ toJSON: () => [1n] }, [1]],
  ])("%o is answered as %j", async (said, answered) => {
    expect(
      await ask(
        freeModel(() => said),
        { inputs: [1] },
      ),
    ).toEqual({ status: 200, body: { predictions: answered } });
  });

  test("an exception is 400 with the model's stack", async () => {
    const fails = freeModel(() => {
      throw new TypeError("cannot");
    });
    expect(await ask(fails, { inputs: [1] })).toEqual({
      status: 400,
      body: {
        error_code: "BAD_REQUEST",
        message: expect.stringContaining("cannot"),
        sqlstate: "KAM00",
        error_class: "INVALID_PARAMETER_VALUE",
        stack_trace: expect.stringContaining("TypeError: cannot"),
      },
    });
  });

  test("a cycle, and what is thrown that is no error, are 400 too", async () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(
      await ask(
        freeModel(() => cycle),
        { inputs: [1] },
      ),
    ).toMatchObject({ status: 400 });
    expect(
      await ask(
        freeModel(() => Promise.reject("text")),
        { inputs: [1] },
      ),
    ).toMatchObject({ status: 400 });
    expect(
      await ask(
        freeModel(() => Promise.reject(undefined)),
        { inputs: [1] },
      ),
    ).toMatchObject({ status: 400 });
  });
});

test("every answer carries this package's version", async () => {
  const app = createScoringApp(columnModel("double"), { version: "1.2.3" });
  for (const path of ["/", "/ping", "/version", "/invocations", "/nothing", "/openapi.json"])
    expect((await app.request(path)).headers.get("x-trackbook-version"), path).toBe("1.2.3");
  const refused = await app.request("/invocations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "",
  });
  expect(refused.headers.get("x-trackbook-version")).toBe("1.2.3");
});
