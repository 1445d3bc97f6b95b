import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../src/cli/catalogue";
import { runNode } from "../../support/run-node";
import { describeWithParts } from "../../support/parts";
import { temporaryFolder } from "../../support/temporary-folder";
import { onTerminal, TRACKBOOK, trackbook, trackbookJson } from "./command-line";
import { fillStore } from "./filled-store";

/** Every command by its words. */
const PATHS = COMMANDS.flatMap((entry) =>
  "commands" in entry ? entry.commands.map(({ name }) => [entry.name, name]) : [[entry.name]],
);

describe("help", () => {
  test("of every command fits a screen of 80 × 24 and has an example", async () => {
    const groups = COMMANDS.flatMap((entry) => ("commands" in entry ? [[entry.name]] : []));
    for (const path of [[], ...PATHS]) {
      const { code, stdout } = await trackbook("/", [...path, "--help"]);
      expect(code).toBe(0);
      const lines = stdout.trimEnd().split("\n");
      expect(lines.length, path.join(" ")).toBeLessThanOrEqual(24);
      expect(Math.max(...lines.map((line) => line.length)), path.join(" ")).toBeLessThanOrEqual(80);
      expect(stdout).toContain(`  $ trackbook ${path.join(" ")}`);
      // Where something listens it is the host.
      if (!["serve", "server", "ui"].includes(path.at(-1) ?? "")) expect(stdout).not.toMatch(/-h\b/);
    }
    for (const path of groups) expect((await trackbook("/", [...path, "--help"])).stdout).toContain("Commands:");
    expect(await trackbook("/", ["help", "runs", "list"])).toEqual(await trackbook("/", ["runs", "list", "--help"]));
  });
});

describe("what was not understood", () => {
  test.each([
    [["rnus"], "Did you mean runs?"],
    [["runs", "lsit"], "Did you mean list?"],
    [["runs", "list", "--filtre", "x"], "Did you mean --filter?"],
    [["runs", "describe"], "--run-id"],
    [["runs", "list", "--view", "dead"], "deleted_only"],
    [["runs", "list", "--json", "--csv"], "exclude each other"],
    [["runs", "list", "--max-results", "0"], "whole number"],
    [["runs", "create"], "--experiment-id or --experiment-name"],
    [["runs", "create", "-x", "0", "-t", "no pair"], "key=value"],
    [["experiments", "get", "-x", "0", "-n", "iris"], "exclude each other"],
    [["completion", "tcsh"], "bash, zsh, fish"],
    [["runs"], "describe"],
  ])("%s ends with 2 and says what would be", async (args, said) => {
    expect(await trackbook(temporaryFolder(), args)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(said),
    });
  });
});

describe("ids", () => {
  test("may be shortened to what no other begins with", async () => {
    const { folder, runs, iris } = await fillStore();
    const described = await trackbookJson<{ info: { run_id: string } }>(folder, [
      "runs",
      "describe",
      "--run-id",
      runs[1].slice(0, 12),
    ]);
    expect(described.info.run_id).toBe(runs[1]);
    expect(await trackbook(folder, ["experiments", "get", "-x", iris.slice(0, 9)])).toMatchObject({ code: 0 });
    const unknown = await trackbook(folder, ["runs", "describe", "--run-id", "zzz"]);
    expect(unknown).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("zzz") });
    const several = await trackbook(folder, ["runs", "describe", "--run-id", "' OR run_id LIKE '%"]);
    expect(several).toMatchObject({ code: 1, stdout: "" });
  });
});

describe("listings", () => {
  test("piped are lines with tabs, whole ids and no colours; --csv and --json hold the same rows", async () => {
    const { folder, iris, runs } = await fillStore();
    const plain = await trackbook(folder, ["runs", "list", "-x", iris]);
    const rows = plain.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows[0]?.slice(0, 3)).toEqual(["run_id", "name", "status"]);
    expect(rows.slice(1).map(([id]) => id)).toEqual([...runs].reverse());
    expect(rows[1]).toContain("2023-11-14T22:13:22.000Z");

    const csv = await trackbook(folder, ["runs", "list", "-x", iris, "--csv"]);
    expect(csv.stdout).toContain(`${runs[1]},"second, ""quoted""",FINISHED`);
    const json = await trackbookJson<{ info: { run_id: string }; data: { metrics: object } }[]>(folder, [
      "runs",
      "list",
      "-x",
      iris,
    ]);
    expect(json.map(({ info }) => info.run_id)).toEqual([...runs].reverse());
    expect(json.at(-1)?.data.metrics).toEqual({ loss: 0.5, odd: "NaN", whole: 1 });
  });

  test("filter, order and cut as asked, and say that there is more", async () => {
    const { folder, runs } = await fillStore();
    const args = [
      "runs",
      "list",
      "--filter",
      "metrics.loss < 0.4",
      "--order-by",
      "metrics.loss ASC",
      "--max-results",
      "1",
    ];
    const best = await trackbook(folder, args);
    expect(best.stdout).toContain(runs[2]);
    expect(best.stdout).not.toContain(runs[1]);
    expect(best.stderr).toContain("more");
    expect((await trackbook(folder, [...args, "--quiet"])).stderr).toBe("");
  });

  test("of an empty folder are empty and make nothing", async () => {
    const folder = temporaryFolder();
    expect(await trackbookJson(folder, ["runs", "list"])).toEqual([]);
    expect(await trackbookJson(folder, ["experiments", "search"])).toEqual([]);
    expect((await trackbook(folder, ["artifacts", "list", "-r", "a".repeat(32)])).code).toBe(1);
  });

  test("end quietly when the reader has seen enough", async () => {
    const { folder } = await fillStore();
    const child = spawn("/bin/sh", ["-c", `"${process.execPath}" "${TRACKBOOK}" runs list --json | head -1`], {
      cwd: folder,
    });
    let said = "";
    child.stderr.on("data", (text) => (said += String(text)));
    await new Promise((resolve) => child.on("close", resolve));
    expect(said).toBe("");
  });
});

describe("where the store is", () => {
  test("says --tracking-uri, else MLFLOW_TRACKING_URI, also from --env-file, else ./mlruns", async () => {
    const { folder, runs } = await fillStore();
    const elsewhere = temporaryFolder();
    const store = join(folder, "mlruns");
    writeFileSync(join(elsewhere, ".env"), `MLFLOW_TRACKING_URI=${store}\n`);
    const { MLFLOW_TRACKING_URI: _, ...env } = process.env;
    const runOf = (args: string[], more: Record<string, string> = {}) =>
      runNode(process.execPath, [TRACKBOOK, ...args], elsewhere, { ...(env as Record<string, string>), ...more });
    for (const listed of [
      await runOf(["runs", "list", "--tracking-uri", store]),
      await runOf(["runs", "list"], { MLFLOW_TRACKING_URI: store }),
      await runOf(["--env-file", ".env", "runs", "list"]),
    ])
      expect(listed.stdout).toContain(runs[0]);
    expect((await runOf(["runs", "list"])).stdout).not.toContain(runs[0]);
  });
});

describe("artifacts", () => {
  test("are added and fetched", async () => {
    const { folder, runs } = await fillStore();
    mkdirSync(join(folder, "plots"));
    for (const place of ["plot.svg", "plots/a.svg"]) writeFileSync(join(folder, place), "<svg/>");
    const [run] = runs;
    expect(
      (await trackbook(folder, ["artifacts", "log-artifact", "-l", "plot.svg", "-r", run, "-a", "plots"])).code,
    ).toBe(0);
    expect(
      (await trackbook(folder, ["artifacts", "log-artifacts", "-l", "plots", "-r", run.slice(0, 12), "-a", "all"]))
        .code,
    ).toBe(0);
    expect(await trackbookJson(folder, ["artifacts", "list", "-r", run, "-a", "plots"])).toEqual([
      { path: "plots/plot.svg", is_dir: false, file_size: 6 },
    ]);
    expect(await trackbookJson(folder, ["artifacts", "list", "-r", run, "-a", "all"])).toHaveLength(1);
    const fetched = await trackbook(folder, ["artifacts", "download", "-r", run, "-a", "notes", "-d", "got"]);
    expect(fetched.stdout).toBe(`${join(folder, "got/notes")}\n`);
    const uri = join(folder, "mlruns", "plot-source");
    expect((await trackbook(folder, ["artifacts", "download", "-u", uri])).code).toBe(1);
    const direct = await trackbook(folder, ["artifacts", "download", "-u", join(folder, "plot.svg"), "-d", "got"]);
    expect(direct.stdout).toBe(`${join(folder, "got/plot.svg")}\n`);
  });
});

test("--version is quick: it loads no store and no library's description", async () => {
  const folder = temporaryFolder();
  const watch = join(folder, "watch.cjs");
  writeFileSync(watch, `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));`);
  const { code, stdout, stderr } = await runNode(
    process.execPath,
    ["--require", watch, TRACKBOOK, "--version"],
    folder,
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect(stderr).toContain("program.js");
  expect(stderr).not.toMatch(/[\\/]dist[\\/](stores|tracking|autolog|libraries|view|notebook)[\\/]/);
});

describeWithParts(["python"], "on a terminal", ({ python: { python } }) => {
  test("listings are tables that fit its width, with colours unless they are declined", async () => {
    const { folder } = await fillStore();
    for (const columns of [80, 120, 40]) {
      const { shown } = await onTerminal({ python, folder, columns, env: { NO_COLOR: "1" } }, ["runs", "list"]);
      expect(shown).toContain("✓ finished");
      expect(Math.max(...shown.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    const colored = "\u001b[";
    expect((await onTerminal({ python, folder }, ["runs", "list"])).shown).toContain(colored);
    expect((await onTerminal({ python, folder }, ["runs", "list", "--no-color"])).shown).not.toContain(colored);
    expect((await onTerminal({ python, folder }, ["runs", "list", "--json"])).shown).not.toContain(colored);
    expect((await trackbook(folder, ["doctor"], { FORCE_COLOR: "1" })).stdout).toContain(colored);
  });

  test("a run is a card", async () => {
    const { folder, runs } = await fillStore();
    const { shown } = await onTerminal({ python, folder, env: { NO_COLOR: "1" } }, [
      "runs",
      "describe",
      "--run-id",
      runs[0],
    ]);
    expect(shown).toContain("✓ finished  first");
    expect(shown).toContain("lr");
  });
});

describe("completion", () => {
  test("in bash proposes commands, then options", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "script.bash"), (await trackbook(folder, ["completion", "bash"])).stdout);
    const propose = async (...words: string[]) => {
      const program = `source script.bash; COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}; _trackbook; echo "\${COMPREPLY[@]}"`;
      return (await runNode("bash", ["-c", program], folder)).stdout.trim();
    };
    expect(await propose("trackbook", "exp")).toBe("experiments");
    expect(await propose("trackbook", "runs", "de")).toBe("describe delete");
    expect(await propose("trackbook", "runs", "list", "--m")).toBe("--max-results");
    expect(await propose("trackbook", "completion", "f")).toBe("fish");
  });

  test.each(["zsh", "fish"])("for %s names every command", async (shell) => {
    const { stdout } = await trackbook("/", ["completion", shell]);
    for (const path of PATHS) expect(stdout).toContain(path.join(" "));
  });
});
