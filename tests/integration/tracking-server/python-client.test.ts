import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";

describeWithParts(["python"], "Python's client with trackbook server", ({ python }) => {
  test("logs a run and reads it: params, metrics, tags, artifacts, search", async () => {
    const folder = temporaryFolder();
    const server = await startProgram(folder, ["server", "--backend-store-uri", "./runs", "-p", "0"]);
    const script = join(__dirname, "python_client.py");
    expect(await runPython(python.python, script, { args: [server.url], cwd: folder })).toEqual({
      status: "FINISHED",
      name: "first",
      params: { lr: "0.1", opt: "adam" },
      accuracy: 0.9,
      isNan: true,
      team: "red",
      history: [0, 1, 2, 3, 4].map((step) => [step, 1 / (step + 1)]),
      artifacts: [
        ["big.bin", false, 10_240_000],
        ["notes", true, null],
      ],
      inFolder: ["notes/a b é.txt"],
      text: "hello",
      size: 10_240_000,
      found: [true],
      artifactUri: "mlflow-artifacts:/EXPERIMENT/RUN/artifacts",
    });
    expect(existsSync(join(folder, "mlartifacts"))).toBe(true);
    expect(server.output().stderr).toBe("");
    server.kill("SIGTERM");
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });
});
