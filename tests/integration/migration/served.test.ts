import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking";
import { migrate } from "../../../src/tracking/migration";
import { startProgram } from "../../support/started-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { trackbook } from "../cli/command-line";
import { fillRegistry } from "../python-registry/fill";
import { fillStore } from "../python-store/fill";
import { allRuns, expectRunsCarriedOver } from "./carried-over";

describe("a database that was served", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-served-")));
  const database = `sqlite:///${join(folder, "served.db")}`;
  let server: string;
  let end: () => Promise<void>;

  beforeAll(async () => {
    const args = ["server", "--port", "0", "--backend-store-uri", "sqlite:///served.db"];
    const { url } = await startProgram(folder, args, { keep: (how) => (end = how) });
    server = url;
    const filled = new TrackingClient(join(folder, "filled"));
    await fillStore(filled, folder);
    await fillRegistry(filled);
    await migrate({ source: filled.trackingUri, target: url });
  });

  afterAll(async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  });

  const carryOver = async (target: string, args: readonly string[] = [], env = {}) => {
    const { code, stdout, stderr } = await trackbook(
      folder,
      ["migrate", "--source", database, "--target", target, "--json", ...args],
      env,
    );
    return {
      code,
      stderr,
      tally: code === 0 ? (JSON.parse(stdout) as Record<string, { artifacts: number }>) : undefined,
    };
  };

  test("is carried over with its artifacts, whose place a flag or its variable names", async () => {
    const { code, stderr, tally } = await carryOver("./first", ["--artifacts-destination", "./mlartifacts"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(tally?.source?.artifacts).toBeGreaterThan(0);
    expect(tally?.target).toEqual(tally?.source);
    const [source, target] = [new TrackingClient(server), new TrackingClient(join(folder, "first"))];
    await expectRunsCarriedOver(source, target, { sameIds: true });
    for (const { info } of await allRuns(target)) expect(info.artifactUri).toContain(join(folder, "first"));
    for (const { source: place } of await target.searchModelVersions()) expect(place).not.toMatch(/^mlflow-artifacts:/);

    const other = await carryOver("sqlite:///second.db", [], { MLFLOW_ARTIFACTS_DESTINATION: "./mlartifacts" });
    expect(other.tally?.target).toEqual(tally?.source);
    const further = await trackbook(folder, ["migrate", "--source", "./first", "--target", "./third", "--json"]);
    expect(JSON.parse(further.stdout)).toEqual(tally);
  });

  test("is refused before anything is copied where nothing says where they lie, or where nothing lies", async () => {
    const without = await carryOver("./fourth");
    expect(without).toMatchObject({ code: 1 });
    expect(without.stderr).toContain("--artifacts-destination");
    expect(without.stderr).toContain("--source http://");
    const mistyped = await carryOver("./fourth", ["--artifacts-destination", "./mlartefacts"]);
    expect(mistyped).toMatchObject({ code: 1, stderr: expect.stringContaining("./mlartefacts") });
    expect(readdirSync(folder)).not.toContain("fourth");
    expect(readdirSync(folder)).not.toContain("mlartefacts");
  });

  test("takes no runs whose artifacts only its server could keep", async () => {
    const source = new TrackingClient(join(folder, "other"));
    await source.createRun("0", { runName: "one" });
    const { code, stderr } = await trackbook(folder, ["migrate", "--source", "./other", "--target", database]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("--target http://")]);
    expect(await allRuns(new TrackingClient(server))).not.toContainEqual(
      expect.objectContaining({ info: expect.objectContaining({ runName: "one" }) }),
    );
  });

  test("lists no artifacts by itself, and says who does", async () => {
    const [run] = await allRuns(new TrackingClient(server));
    const list = ["artifacts", "list", "-r", run?.info.runId as string];
    const { code, stderr } = await trackbook(folder, [...list, "--tracking-uri", database]);
    expect(code).toBe(1);
    expect(stderr).toContain("--tracking-uri http://");
    expect(stderr).not.toMatch(/Accepted:.*mlflow-artifacts/);
    expect((await trackbook(folder, [...list, "--tracking-uri", server])).code).toBe(0);
  });
});

describe("a source that does not exist", () => {
  test.each([
    ["a folder", "./nope"],
    ["a database", "sqlite:///nope.db"],
    ["a database that holds nothing", "sqlite:///empty.db"],
  ])("is refused, and nothing is made: %s", async (_, source) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "empty.db"), "");
    for (const target of ["./target", "sqlite:///target.db"]) {
      const { code, stdout, stderr } = await trackbook(folder, ["migrate", "--source", source, "--target", target]);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("There is no store at the source");
    }
    expect(readdirSync(folder)).toEqual(["empty.db"]);
    expect(existsSync(join(folder, "target"))).toBe(false);
  });
});
