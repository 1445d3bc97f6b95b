import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileRegistry, fileStore, openRegistryStore } from "../../../src/stores";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeRegistry } from "./registry-suite";

describeRegistry("the file registry", {
  open: () => fileRegistry({ root: join(temporaryFolder(), "mlruns") }),
  openAgain: ({ uri }) => fileRegistry({ root: uri }),
});

describe("openRegistryStore", () => {
  test("gives one registry for one place", () => {
    const folder = temporaryFolder();
    expect(openRegistryStore(folder)).toBe(openRegistryStore(`${folder}/x/..`));
    expect(openRegistryStore(`${folder}/a b`).uri).toBe(`file://${folder}/a%20b`);
  });

  test("refuses what it has no registry for", () => {
    for (const uri of ["ftp://localhost", "databricks-uc://", ""])
      expect(errorOf(() => openRegistryStore(uri))).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: uri });
  });
});

describe("a file registry", () => {
  const open = () => {
    const root = join(temporaryFolder(), "mlruns");
    return { root, registry: fileRegistry({ root }), wine: join(root, "models", "wine") };
  };

  test("is not made by opening and reading it, which finds it empty", () => {
    const { root, registry } = open();
    expect(registry.searchRegisteredModels({}).items).toEqual([]);
    expect(registry.searchModelVersions({}).items).toEqual([]);
    expect(errorOf(() => registry.getRegisteredModel("wine")).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect(readdirSync(join(root, ".."))).toEqual([]);
  });

  test("lies in the folder of a file store, with a default experiment as Python wants it", () => {
    const { root, registry } = open();
    registry.createRegisteredModel("wine");
    expect(readdirSync(root).sort()).toEqual([".trash", "0", "models"]);
    expect(
      fileStore({ root })
        .searchExperiments({})
        .items.map(({ name }) => name),
    ).toEqual(["Default"]);
  });

  test("is refused where other things are", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "notes.txt"), "mine");
    const registry = fileRegistry({ root: folder });
    expect(errorOf(() => registry.createRegisteredModel("wine"))).toMatchObject({ code: "INVALID_STATE" });
    expect(errorOf(() => registry.searchRegisteredModels({}))).toMatchObject({ code: "INVALID_STATE" });
    expect(readdirSync(folder)).toEqual(["notes.txt"]);
  });

  test("keeps what MLflow keeps, in its files", () => {
    const { registry, wine } = open();
    registry.createRegisteredModel("wine", { tags: [{ key: "deep/key", value: "a\nb" }] });
    registry.createModelVersion("wine", {
      source: "models:/m-1",
      storageLocation: "/there",
      tags: [{ key: "t", value: "1" }],
    });
    registry.createModelVersion("wine", { source: "/here" });
    registry.setRegisteredModelAlias("wine", "champion", 1);
    registry.transitionModelVersionStage("wine", 1, "Production");
    registry.deleteModelVersion("wine", 2);
    const text = (...path: string[]) => readFileSync(join(wine, ...path), "utf8").replace(/\d{13}/g, "TIME");
    expect(readdirSync(wine, { recursive: true }).map(String).sort()).toEqual([
      "aliases",
      "aliases/champion",
      "meta.yaml",
      "tags",
      "tags/deep",
      "tags/deep/key",
      "version-1",
      "version-1/meta.yaml",
      "version-1/tags",
      "version-1/tags/t",
      "version-2",
      "version-2/meta.yaml",
    ]);
    expect(text("aliases", "champion")).toBe("1");
    expect(text("tags", "deep", "key")).toBe("a\nb");
    expect(text("meta.yaml")).toBe(
      "aliases:\n  champion: '1'\ncreation_timestamp: TIME\ndeployment_job_id: null\ndeployment_job_state: null\n" +
        "description: null\nlast_updated_timestamp: TIME\nname: wine\nworkspace: default\n",
    );
    expect(text("version-1", "meta.yaml")).toBe(
      "creation_timestamp: TIME\ncurrent_stage: Production\ndeployment_job_state: null\ndescription: null\n" +
        "last_updated_timestamp: TIME\nmodel_id: null\nname: wine\nrun_id: null\nrun_link: null\n" +
        "source: models:/m-1\nstatus: READY\nstatus_message: null\nstorage_location: /there\nuser_id: null\n" +
        "version: 1\nworkspace: default\n",
    );
    expect(text("version-2", "meta.yaml")).toContain("current_stage: Deleted_Internal\n");
  });

  test("leaves what other writers have put into a meta.yaml", () => {
    const { registry, wine } = open();
    registry.createRegisteredModel("wine");
    registry.createModelVersion("wine", { source: "/a" });
    for (const folder of [wine, join(wine, "version-1")]) {
      const path = join(folder, "meta.yaml");
      writeFileSync(path, `${readFileSync(path, "utf8").replace("workspace: default", "workspace: team")}later: 7\n`);
    }
    registry.updateRegisteredModel("wine", { description: "new" });
    registry.transitionModelVersionStage("wine", 1, "Staging");
    for (const folder of [wine, join(wine, "version-1")])
      expect(readFileSync(join(folder, "meta.yaml"), "utf8")).toMatch(/^later: 7\n[\s\S]*^workspace: team$/m);
  });

  test("goes by the folders, also when a renaming was interrupted", () => {
    const { root, registry } = open();
    registry.createRegisteredModel("wine");
    registry.createModelVersion("wine", { source: "/a" });
    const meta = join(root, "models", "wine", "version-1", "meta.yaml");
    writeFileSync(meta, readFileSync(meta, "utf8").replace("name: wine", "name: old"));
    expect(registry.getModelVersion("wine", 1).name).toBe("wine");
    expect(registry.searchModelVersions({ filter: "name = 'wine'" }).items).toHaveLength(1);
    registry.updateModelVersion("wine", 1, { description: "d" });
    expect(readFileSync(meta, "utf8")).toContain("name: wine\n");
  });

  test("is searched without what cannot be read, which is said once", () => {
    const { root, registry, wine } = open();
    for (const name of ["wine", "broken"]) registry.createRegisteredModel(name);
    for (let version = 1; version <= 5; version++) registry.createModelVersion("wine", { source: "/a" });
    registry.setRegisteredModelAlias("wine", "champion", 1);
    registry.setRegisteredModelAlias("wine", "odd", 1);
    writeFileSync(join(root, "models", "broken", "meta.yaml"), "- a\n- b\n");
    writeFileSync(join(wine, "version-2", "meta.yaml"), "current_stage: [");
    writeFileSync(join(wine, "version-3", "meta.yaml"), "current_stage: Moon\nversion: 3\ncreation_timestamp: 1\n");
    rmSync(join(wine, "version-4", "meta.yaml"));
    writeFileSync(join(wine, "aliases", "odd"), "first");
    mkdirSync(join(wine, "version-x"));
    const stderr = capturedStderr();
    for (let time = 0; time < 2; time++) {
      expect(registry.searchRegisteredModels({}).items.map(({ name }) => name)).toEqual(["wine"]);
      expect(registry.searchModelVersions({}).items.map(({ version }) => version)).toEqual([5, 1]);
      expect(registry.getRegisteredModel("wine").aliases).toEqual({ champion: 1 });
    }
    expect(stderr.filter((text) => text.includes("left out"))).toHaveLength(4);
    expect(errorOf(() => registry.getModelVersion("wine", 2)).code).toBe("DATA_LOSS");
    expect(errorOf(() => registry.getModelVersion("wine", 3)).code).toBe("DATA_LOSS");
    expect(errorOf(() => registry.getModelVersion("wine", 4)).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect(errorOf(() => registry.getRegisteredModel("broken")).code).toBe("DATA_LOSS");
    expect(registry.createModelVersion("wine", { source: "/b" }).version).toBe(6);
  });

  test("takes no name that leads elsewhere", () => {
    const { root, registry } = open();
    registry.createRegisteredModel("wine");
    for (const name of ["", ".", "..", "../0", "a/b", "a\\b", "wine/version-1", "wine/../wine", "a\0b"]) {
      expect(errorOf(() => registry.getRegisteredModel(name)).code, name).toBe("RESOURCE_DOES_NOT_EXIST");
      expect(errorOf(() => registry.deleteRegisteredModel(name)).code, name).toBe("RESOURCE_DOES_NOT_EXIST");
      expect(errorOf(() => registry.createRegisteredModel(name)).code, name).toBe("INVALID_PARAMETER_VALUE");
      expect(errorOf(() => registry.renameRegisteredModel("wine", name)).code, name).toBe("INVALID_PARAMETER_VALUE");
    }
    expect(readdirSync(join(root, "models"))).toEqual(["wine"]);
  });

  test("leaves nothing unfinished behind, also when a write fails", () => {
    const { root, registry } = open();
    registry.createRegisteredModel("wine", { tags: [{ key: "a", value: "b" }] });
    const collide = [
      { key: "a", value: "1" },
      { key: "a/b", value: "2" },
    ];
    expect(errorOf(() => registry.createRegisteredModel("cars", { tags: collide })).code).toBe(
      "INVALID_PARAMETER_VALUE",
    );
    expect(errorOf(() => registry.createModelVersion("wine", { source: "/a", tags: collide })).code).toBe(
      "INVALID_PARAMETER_VALUE",
    );
    expect(errorOf(() => registry.createRegisteredModel("é".repeat(200))).code).toBe("INVALID_PARAMETER_VALUE");
    registry.renameRegisteredModel("wine", "wein");
    registry.createModelVersion("wein", { source: "/a" });
    registry.deleteRegisteredModel("wein");
    const names = readdirSync(root, { recursive: true }).map(String);
    expect(names.filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});
