import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startKernel } from "../../support/kernel";
import { describeWithParts } from "../../support/parts";
import { runNode } from "../../support/run-node";
import { runsIn } from "../libraries/recorded-runs";
import { installedFolder } from "./scripts";

let installed: string;
beforeAll(() => {
  installed = installedFolder();
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** Runs git as a user who has set nothing up, in a folder. */
function git(folder: string, ...args: readonly string[]): string {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, ...env } = process.env;
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"];
  return execFileSync("git", [...person, ...args], {
    cwd: folder,
    env: { ...env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  }).trim();
}

const commit = (folder: string, message: string) => git(folder, "commit", "--allow-empty", "-q", "-m", message);
const head = (folder: string) => git(folder, "rev-parse", "HEAD");

function newFolder(): string {
  return mkdtempSync(join(installed, "work-"));
}

function newRepository(): string {
  const folder = newFolder();
  git(folder, "init", "-q");
  return folder;
}

/** The tags of the run that a script in this folder leaves, which is called from another one. */
async function tagsOfRunIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const script = join(folder, "script.cjs");
  writeFileSync(script, 'require("trackbook").logParam("alpha", 1);');
  const caller = newFolder();
  const ended = await runNode(process.execPath, [script], caller, { TRACKBOOK_TESTING: "1" });
  expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
  return runsIn(join(caller, "mlruns"))[0]?.data.tags ?? {};
}

const commitOfRunIn = async (folder: string) => (await tagsOfRunIn(folder))["mlflow.source.git.commit"];

describe("the commit of a script's work tree is that which git says", () => {
  test("in a folder of a repository, on a branch", async () => {
    const repository = newRepository();
    commit(repository, "first");
    git(repository, "checkout", "-q", "-b", "topic/one");
    commit(repository, "second");
    const inner = join(repository, "experiments/first");
    mkdirSync(inner, { recursive: true });
    expect(await commitOfRunIn(inner)).toBe(head(repository));
  });

  test("in a linked work tree, which has a branch of its own", async () => {
    const repository = newRepository();
    commit(repository, "first");
    const linked = join(newFolder(), "linked");
    git(repository, "worktree", "add", "-q", "-b", "other", linked);
    commit(linked, "second");
    expect(head(linked)).not.toBe(head(repository));
    expect(await commitOfRunIn(linked)).toBe(head(linked));
    expect(await commitOfRunIn(repository)).toBe(head(repository));
  });

  test("with packed refs, and with a newer commit on a packed one", async () => {
    const repository = newRepository();
    commit(repository, "first");
    git(repository, "tag", "-a", "-m", "annotated", "v1");
    git(repository, "branch", "xmain");
    git(repository, "pack-refs", "--all", "--prune");
    expect(await commitOfRunIn(repository)).toBe(head(repository));
    commit(repository, "second");
    expect(await commitOfRunIn(repository)).toBe(head(repository));
  });

  test("with a detached HEAD", async () => {
    const repository = newRepository();
    commit(repository, "first");
    const first = head(repository);
    commit(repository, "second");
    git(repository, "checkout", "-q", "--detach", first);
    expect(await commitOfRunIn(repository)).toBe(first);
  });

  test("in a submodule, whose commit is not that of the repository around it", async () => {
    const inner = newRepository();
    commit(inner, "inner");
    const outer = newRepository();
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "sub");
    commit(outer, "outer");
    expect(head(inner)).not.toBe(head(outer));
    expect(await commitOfRunIn(join(outer, "sub"))).toBe(head(inner));
  });

  test("is not said before the first commit, nor outside a repository", async () => {
    expect(await tagsOfRunIn(newRepository())).not.toHaveProperty(["mlflow.source.git.commit"]);
    expect(await tagsOfRunIn(newFolder())).not.toHaveProperty(["mlflow.source.git.commit"]);
  });
});

test("the user of a run is the operating system's, and its source the script", async () => {
  const folder = newFolder();
  const tags = await tagsOfRunIn(folder);
  expect(tags["mlflow.user"]).toBe(execFileSync("id", ["-un"], { encoding: "utf8" }).trim());
  expect(tags).toMatchObject({
    "mlflow.source.name": realpathSync(join(folder, "script.cjs")),
    "mlflow.source.type": "LOCAL",
  });
});

describeWithParts(["python", "tslab"], "in a notebook", ({ python, tslab }) => {
  test("the commit is that of the folder of the notebook, also when that is the repository's own", async () => {
    const folder = installedFolder();
    git(folder, "init", "-q");
    commit(folder, "first");
    const kernel = await startKernel({ name: "tslab", folder, ...python, ...tslab });
    try {
      const { outputs } = await kernel.run(
        'import { flush, logParam } from "trackbook"; logParam("a", 1); await flush();',
      );
      expect(outputs).toEqual([]);
    } finally {
      await kernel.shutdown();
    }
    const [run] = runsIn(join(folder, "mlruns"));
    expect(run?.data.tags["mlflow.source.git.commit"]).toBe(head(folder));
    rmSync(folder, { recursive: true, force: true });
  });
});
