import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { restRegistry, restStore } from "../../../src/stores/rest";
import { rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

const EXPERIMENT = JSON.stringify({ experiment: { experiment_id: "0", name: "Default" } });

/** A server that answers with `listener`, and what it has been asked. */
async function serve(listener: RequestListener): Promise<{ uri: string; host: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return { uri: `http://${host}`, host, asked };
}

beforeEach(() => {
  vi.stubEnv("HOME", temporaryFolder());
  vi.stubEnv("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.001");
  vi.stubEnv("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0");
});
afterEach(() => vi.unstubAllEnvs());

describe("a request that fails", () => {
  test("is made again as often as MLFLOW_HTTP_REQUEST_MAX_RETRIES says", async () => {
    vi.stubEnv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3");
    let failures = 3;
    const { uri, asked } = await serve((_request, response) => {
      response.statusCode = failures-- > 0 ? 503 : 200;
      response.end(response.statusCode === 200 ? EXPERIMENT : "busy");
    });
    expect((await restStore({ uri }).getExperiment("0")).name).toBe("Default");
    expect(asked).toHaveLength(4);
    failures = 4;
    expect((await rejectionOf(restStore({ uri }).getExperiment("0"))).code).toBe("TEMPORARILY_UNAVAILABLE");
  });

  test("is not made again when the server has understood it", async () => {
    const { uri, asked } = await serve((_request, response) => {
      response.statusCode = 500;
      response.end(JSON.stringify({ error_code: "INVALID_STATE", message: "It is deleted\nSELECT 1" }));
    });
    const error = await rejectionOf(restStore({ uri }).renameExperiment("1", "other"));
    expect(error).toMatchObject({ code: "INVALID_STATE" });
    expect(error.message).toMatch(/^It is deleted\. Hint: /);
    expect(asked).toHaveLength(1);
  });

  test("that would create a run creates one, however often it is made", async () => {
    const runs: unknown[] = [];
    const { uri } = await serve((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        const body = JSON.parse(text);
        if (request.url?.endsWith("/runs/search")) {
          const key = /= '(.+)'/.exec(body.filter)?.[1];
          const found = runs.filter((run) => JSON.stringify(run).includes(key as string));
          response.end(JSON.stringify({ runs: found }));
          return;
        }
        runs.push({ info: { run_id: "r1", experiment_id: "0" }, data: { tags: body.tags } });
        // It was created, and nobody hears of it.
        request.socket.destroy();
      });
    });
    const options = { experimentId: "0", runName: "a", userId: "me", startTime: 1, tags: [] };
    expect((await restStore({ uri }).createRun(options)).info.runId).toBe("r1");
    expect(runs).toHaveLength(1);
  });

  test("that would create a logged model or a version of a registered one creates one", async () => {
    const models: { info: Record<string, unknown> }[] = [];
    const versions = [{ name: "it's wine", version: "1", source: "s3://x", run_id: "r" }];
    const { uri } = await serve(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const { pathname, searchParams } = new URL(request.url ?? "", "http://host");
      const body = text && JSON.parse(text);
      if (pathname.endsWith("/logged-models/search")) {
        const key = /= '(.+)'/.exec(body.filter)?.[1] as string;
        response.end(JSON.stringify({ models: models.filter((model) => JSON.stringify(model).includes(key)) }));
      } else if (pathname.endsWith("/model-versions/search")) {
        expect(searchParams.get("filter")).toBe('name = "it\'s wine"');
        response.end(
          JSON.stringify({ model_versions: versions.toReversed().slice(0, Number(searchParams.get("max_results"))) }),
        );
      } else {
        if (pathname.endsWith("/logged-models"))
          models.push({ info: { model_id: `m-${models.length}`, tags: body.tags } });
        else versions.push({ ...body, version: String(versions.length + 1) });
        // It was created, and nobody hears of it.
        request.socket.destroy();
      }
    });
    expect((await restStore({ uri }).createLoggedModel({ experimentId: "0", name: "x" })).modelId).toBe("m-0");
    expect(models).toHaveLength(1);
    const again = await restRegistry({ uri }).createModelVersion("it's wine", { source: "s3://x", runId: "r" });
    expect(again.version).toBe(2);
    expect(versions).toHaveLength(2);
  });

  test("because nobody is there is told soon", async () => {
    const started = performance.now();
    const error = await rejectionOf(restStore({ uri: "http://me:secret@127.0.0.1:1" }).getExperiment("0"));
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(error.message).toContain("http://127.0.0.1:1 cannot be asked");
    expect(error.message).not.toContain("secret");
  });

  test("because nothing is said for long ends after MLFLOW_HTTP_REQUEST_TIMEOUT", async () => {
    vi.stubEnv("MLFLOW_HTTP_REQUEST_TIMEOUT", "0.25");
    vi.stubEnv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1");
    const { uri, asked } = await serve(() => undefined);
    expect((await rejectionOf(restStore({ uri }).getExperiment("0"))).message).toContain("no word from the server");
    expect(asked).toHaveLength(2);
  });

  test("because something else answers there is told so", async () => {
    const { uri } = await serve((_request, response) => response.end("<html>hello</html>"));
    expect((await rejectionOf(restStore({ uri }).getExperiment("0"))).message).toContain("no tracking server");
  });
});

describe("who is asking", () => {
  const asker = async (uri?: (host: string) => string) => {
    const { host, asked } = await serve((_request, response) => response.end(EXPERIMENT));
    const store = restStore({ uri: (uri ?? ((place) => `http://${place}`))(host) });
    await store.getExperiment("0");
    expect(store.uri).toBe(`http://${host}`);
    return asked[0]?.headers.authorization;
  };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

  test("is said by nothing, a token, a name with a password, a file, or the URI", async () => {
    expect(await asker()).toBeUndefined();
    vi.stubEnv("MLFLOW_TRACKING_TOKEN", "t0ken");
    expect(await asker()).toBe("Bearer t0ken");
    const folder = join(process.env.HOME as string, ".mlflow");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "credentials"),
      "[other]\nmlflow_tracking_username = no\n[mlflow]\nmlflow_tracking_username = ann\nmlflow_tracking_password = p=w\n",
    );
    expect(await asker()).toBe(basic("ann:p=w"));
    vi.stubEnv("MLFLOW_TRACKING_USERNAME", "bob");
    vi.stubEnv("MLFLOW_TRACKING_PASSWORD", "é");
    expect(await asker()).toBe(basic("bob:é"));
    expect(await asker((host) => `http://eve:p%40ss@${host}`)).toBe(basic("eve:p@ss"));
  });

  test("is asked for when the server wants to know", async () => {
    const { uri } = await serve((_request, response) => {
      response.statusCode = 401;
      response.end("You are not authenticated.");
    });
    expect(await rejectionOf(restStore({ uri }).getExperiment("0"))).toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
