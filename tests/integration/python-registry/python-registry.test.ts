import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SimpleLinearRegression } from "ml-regression";
import { expect, onTestFinished, test } from "vitest";
import { logModel } from "../../../src/libraries";
import { setTrackingUri, startRun } from "../../../src/tracking";
import { TrackingClient } from "../../../src/tracking/client";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { dumpRegistry, type RegistryDump } from "./dump";
import { fillRegistry } from "./fill";

const SCRIPT = join(__dirname, "registry.py");

describeWithParts(["python"], "a file registry shared with Python's MLflow", ({ python: { python } }) => {
  const ask = <Answer>(command: string, root: string, ...args: string[]) =>
    runPython<Answer>(python, SCRIPT, { args: [command, root, ...args] });

  test.each([
    ["a path", (folder: string) => join(folder, "ml runs é")],
    ["a file: URI", (folder: string) => pathToFileURL(join(folder, "ml runs é")).href],
  ])("filled by us at %s, is read by Python entity by entity as we read it", async (_, rootIn) => {
    const root = rootIn(temporaryFolder());
    const client = new TrackingClient(root);
    await fillRegistry(client);
    const ours = await dumpRegistry(client);
    expect([ours.models.length, ours.versions.length]).toEqual([5, 8]);
    expect(await ask<RegistryDump>("dump", root)).toEqual(ours);
  });

  test("filled by Python, is read by us entity by entity as Python reads it", async () => {
    const root = join(temporaryFolder(), "mlruns");
    await ask("fill", root);
    const theirs = await ask<RegistryDump>("dump", root);
    expect([theirs.models.length, theirs.versions.length]).toEqual([4, 7]);
    expect(await dumpRegistry(new TrackingClient(root))).toEqual(theirs);
  });

  test("holds a model that we begin and Python goes on with", async () => {
    const root = join(temporaryFolder(), "mlruns");
    const client = new TrackingClient(root);
    await client.createRegisteredModel("wine", { description: "ours" });
    await client.createModelVersion("wine", "/first");
    await client.createModelVersion("wine", "/second");
    await client.setRegisteredModelAlias("wine", "second", 2);
    expect(await ask("go-on", root)).toEqual({
      version: 3,
      refused: [
        "RESOURCE_ALREADY_EXISTS",
        "RESOURCE_DOES_NOT_EXIST",
        "INVALID_PARAMETER_VALUE",
        "RESOURCE_DOES_NOT_EXIST",
      ],
    });
    expect(await client.getRegisteredModel("wine")).toMatchObject({
      description: "ours",
      aliases: { python: 1 },
      tags: { python: "1" },
    });
    expect(await client.getModelVersion("wine", 1)).toMatchObject({ currentStage: "Staging", tags: { python: "1" } });
    expect((await rejectionOf(client.getModelVersion("wine", 2))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect((await client.createModelVersion("wine", "/fourth")).version).toBe(4);
    expect(await ask<RegistryDump>("dump", root)).toEqual(await dumpRegistry(client));
  });

  test("holds models that Python begins and we go on with", async () => {
    const root = join(temporaryFolder(), "mlruns");
    const { modelId } = await ask<{ modelId: string }>("fill", root);
    const client = new TrackingClient(root);
    const [full] = await client.searchRegisteredModels({ filter: "name LIKE 'full%'" });
    const name = full?.name ?? "";
    expect((await client.createModelVersion(name, `models:/${modelId}`)).version).toBe(6);
    await client.setRegisteredModelAlias(name, "champion", 6);
    await client.transitionModelVersionStage(name, 6, "Production", { archiveExistingVersions: true });
    await client.setModelVersionTag(name, 3, "ours", 1);
    await client.deleteModelVersion(name, 1);
    await client.renameRegisteredModel(name, "ours now");
    expect(await client.getRegisteredModel("ours now")).toMatchObject({
      tags: { team: "a b", "note/x": "long\ntext" },
      aliases: { champion: 6, moved: 3 },
    });
    const theirs = await ask<RegistryDump>("dump", root);
    expect(theirs).toEqual(await dumpRegistry(client));
    expect(theirs.versions.filter((version) => version.name === "ours now")).toHaveLength(4);
  });

  test("leads Python to the models that we register, by version and by alias", async () => {
    const root = join(temporaryFolder(), "mlruns");
    setTrackingUri(root);
    onTestFinished(() => setTrackingUri(""));
    const line = new SimpleLinearRegression([1, 2, 3], [1, 3, 5]);
    const { modelId, runId } = await startRun({}, () =>
      logModel(line, "line", { inputExample: [{ x: 1 }], registeredModelName: "wine" }),
    );
    await new TrackingClient().setRegisteredModelAlias("wine", "champion", 1);
    const infos = await ask<{ files: string[] }[]>("info", root, "models:/wine/1", "models:/wine@champion");
    expect(infos).toEqual([infos[1], infos[0]]);
    expect(infos[0]).toMatchObject({ modelId, runId, signature: "['x': double (required)]" });
    expect(infos[0]?.files).toContain("MLmodel");
  });

  test("keeps Python's prompts out of the models, and finds them when they are asked for", async () => {
    const root = join(temporaryFolder(), "mlruns");
    await ask("fill", root);
    const client = new TrackingClient(root);
    const prompts = "tags.`mlflow.prompt.is_prompt` = 'true'";
    expect((await client.searchRegisteredModels()).map(({ name }) => name)).not.toContain("a-prompt");
    expect((await client.searchRegisteredModels({ filter: prompts })).map(({ name }) => name)).toEqual(["a-prompt"]);
    const [version] = await client.searchModelVersions({ filter: prompts });
    expect(version?.tags["mlflow.prompt.text"]).toBe("Hello {{name}}");
  });
});
