import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";

describeWithParts(["python"], "a whole project of Python's on trackbook server", ({ python: { python } }) => {
  test.each([["./runs"], ["sqlite:///runs.db"]])(
    "sklearn's autologging, a model logged, registered, aliased, found and loaded: %s",
    async (uri) => {
      const folder = temporaryFolder();
      const server = await startProgram(folder, ["server", "--backend-store-uri", uri, "-p", "0"]);
      const script = join(__dirname, "python_project.py");
      expect(await runPython(python, script, { args: [server.url], cwd: temporaryFolder() })).toEqual({
        params: "1e-06",
        score: 1,
        data: ["dataset"],
        models: 1,
        children: 2,
        best: "0.1",
        loaded: Array.from({ length: 4 }, () => [4, 14]),
        version: "the best one",
        found: ["regressor"],
        mlmodel: true,
      });
      expect(server.output().stderr).toBe("");
    },
  );
});
