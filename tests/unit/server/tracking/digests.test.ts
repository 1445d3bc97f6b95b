import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { serveFolder } from "../../../support/served-folder";

const digestOf = (bytes: string): string => `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
const PLACE = "/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/notes/a.txt";

describe("the digest of an artifact (RFC 9530)", () => {
  test("that is sent along is compared before the file is there", async () => {
    const { ask } = serveFolder();
    const put = (body: string, digest: string) => ask("PUT", PLACE, body, { "content-digest": digest });
    for (const wrong of [digestOf("other"), "sha-256=::", "sha-256=:%%%:"]) {
      const refused = await put("hello", wrong);
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining("Content-Digest") },
      ]);
      expect((await ask("GET", PLACE)).status).toBe(404);
    }
    const listed = await ask("GET", "/api/2.0/mlflow-artifacts/artifacts?path=0/run/artifacts/notes");
    expect(await listed.json()).toEqual({});
    expect((await put("hello", `sha-512=:AA==:, ${digestOf("hello")}`)).status).toBe(200);
    // What was there stays when what comes is not what was sent.
    expect((await put("hellp", digestOf("hello"))).status).toBe(400);
    expect(await (await ask("GET", PLACE)).text()).toBe("hello");
    // Another algorithm's says nothing to this server.
    expect((await put("bye", "md5=:AA==:")).status).toBe(200);
  });

  test("is answered to who wants it, and with every small file", async () => {
    const { ask } = serveFolder();
    const plain = await ask("PUT", PLACE, "hello");
    expect(plain.headers.get("repr-digest")).toBeNull();
    const asked = await ask("PUT", PLACE, "hello", { "want-repr-digest": "sha-256=1" });
    expect([asked.headers.get("repr-digest"), await asked.json()]).toEqual([digestOf("hello"), {}]);
    const small = await ask("GET", PLACE);
    expect([small.headers.get("content-digest"), small.headers.get("content-length")]).toEqual([
      digestOf("hello"),
      "5",
    ]);
    const large = "x".repeat(1024 * 1024 + 1);
    await ask("PUT", PLACE, large);
    const answer = await ask("GET", PLACE);
    expect(answer.headers.get("content-digest")).toBeNull();
    expect(await answer.text()).toBe(large);
    await ask("PUT", PLACE, "");
    expect((await ask("GET", PLACE)).headers.get("content-digest")).toBe(digestOf(""));
  });
});
