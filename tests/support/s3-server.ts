import { spawn } from "node:child_process";
import { afterAll, beforeAll, beforeEach, onTestFinished, vi } from "vitest";
import { freePort } from "../../scripts/free-port";

/** A server that speaks S3's language, with one bucket of the name `bucket`. */
export interface S3Server {
  endpoint: string;
  /** What programs are told of it. */
  readonly env: Readonly<Record<string, string>>;
}

/** moto's server for the tests of a file or group, each of which finds it by its environment. */
export function s3Server(python: string): S3Server {
  const server = {
    endpoint: "",
    get env() {
      return { MLFLOW_S3_ENDPOINT_URL: this.endpoint, AWS_ACCESS_KEY_ID: "me", AWS_SECRET_ACCESS_KEY: "secret" };
    },
  };
  let stop = () => {};
  beforeAll(async () => {
    const port = await freePort();
    server.endpoint = `http://127.0.0.1:${port}`;
    const child = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    stop = () => void child.kill("SIGKILL");
    const deadline = performance.now() + 60_000;
    const answers = () => fetch(`${server.endpoint}/moto-api/`).then(Boolean, () => false);
    while (!(await answers())) {
      if (performance.now() > deadline) throw new Error("moto's server does not answer");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await fetch(`${server.endpoint}/bucket`, { method: "PUT" });
  });
  afterAll(() => stop());
  beforeEach(() => {
    for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
  });
  return server;
}
