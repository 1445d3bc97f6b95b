import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { type ArtifactRepository, localArtifacts, openArtifacts } from "../../../src/artifacts";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
let root: string;
let artifacts: ArtifactRepository;
beforeEach(() => {
  folder = temporaryFolder();
  root = join(folder, "run", "artifacts");
  artifacts = localArtifacts({ root });
});
const text = (path: string) => Buffer.from(artifacts.read(path)).toString("utf8");

test("text and bytes are kept below the root, which is made with the first", () => {
  expect(artifacts.list()).toEqual([]);
  artifacts.write("notes/é a.txt", "hé");
  artifacts.write("raw.bin", Uint8Array.of(0, 255));
  expect(text("notes/é a.txt")).toBe("hé");
  expect([...artifacts.read("raw.bin")]).toEqual([0, 255]);
  artifacts.write("raw.bin", "again");
  expect(text("raw.bin")).toBe("again");
});

test("several files are written as each would be: in new folders, over old ones, never outside of the root", () => {
  const write = (...paths: readonly string[]) =>
    artifacts.writeAll?.(paths.map((path) => ({ path, bytes: path.toUpperCase() })));
  artifacts.write("m/a.txt", "old");
  write("m/a.txt", "m/b.txt", "m/code/c.txt", "d.txt");
  expect(["m/a.txt", "m/b.txt", "m/code/c.txt", "d.txt"].map(text)).toEqual([
    "M/A.TXT",
    "M/B.TXT",
    "M/CODE/C.TXT",
    "D.TXT",
  ]);
  expect(readdirSync(join(root, "m"))).toEqual(["a.txt", "b.txt", "code"]);
  for (const path of ["m/code", "../x", "", "/x"])
    expect(errorOf(() => write("m/a.txt", path)).code).toBe("INVALID_PARAMETER_VALUE");
  symlinkSync(folder, join(root, "out"));
  writeFileSync(join(folder, "mine.txt"), "mine");
  symlinkSync(join(folder, "mine.txt"), join(root, "m", "link.txt"));
  expect(errorOf(() => write("out/x.txt")).code).toBe("INVALID_PARAMETER_VALUE");
  // A link is replaced, never followed.
  write("m/a.txt", "m/link.txt");
  expect(readFileSync(join(folder, "mine.txt"), "utf8")).toBe("mine");
});

test("a file can be removed, also one that is not there; nothing outside of the root", () => {
  artifacts.write("m/a.txt", "a");
  artifacts.write("m/b.txt", "b");
  artifacts.remove("m/a.txt");
  artifacts.remove("m/none.txt");
  expect(artifacts.list("m").map(({ path }) => path)).toEqual(["m/b.txt"]);
  writeFileSync(join(folder, "mine.txt"), "mine");
  for (const path of ["../../mine.txt", "", "/mine.txt"])
    expect(errorOf(() => artifacts.remove(path)).code).toBe("INVALID_PARAMETER_VALUE");
  expect(readFileSync(join(folder, "mine.txt"), "utf8")).toBe("mine");
});

test("a listing is sorted and one level deep, with sizes", () => {
  for (const path of ["b.txt", "a/deep/x", "a/c.txt", "a.txt"]) artifacts.write(path, "1234");
  expect(artifacts.list()).toEqual([
    { path: "a", isDir: true },
    { path: "a.txt", isDir: false, fileSize: 4 },
    { path: "b.txt", isDir: false, fileSize: 4 },
  ]);
  expect(artifacts.list("a")).toEqual([
    { path: "a/c.txt", isDir: false, fileSize: 4 },
    { path: "a/deep", isDir: true },
  ]);
  expect(artifacts.list("b.txt")).toEqual([]);
  expect(artifacts.list("nowhere")).toEqual([]);
});

test("a large file is copied in without being read into memory", () => {
  const big = join(folder, "big.bin");
  writeFileSync(big, "start");
  truncateSync(big, 2 ** 27);
  const before = process.memoryUsage().rss;
  artifacts.copyIn(big, "models/big.bin");
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 26);
  expect(artifacts.list("models")).toEqual([{ path: "models/big.bin", isDir: false, fileSize: 2 ** 27 }]);
});

test("a folder can be downloaded where it is, or to a destination that keeps its path", () => {
  artifacts.write("model/MLmodel", "a");
  artifacts.write("model/data/w.bin", "b");
  expect(artifacts.download("model")).toBe(join(root, "model"));
  expect(artifacts.download("")).toBe(root);
  const destination = join(folder, "out");
  expect(artifacts.download("model", destination)).toBe(join(destination, "model"));
  expect(readFileSync(join(destination, "model", "data", "w.bin"), "utf8")).toBe("b");
  expect(artifacts.download("model/MLmodel", destination)).toBe(join(destination, "model", "MLmodel"));
});

test("what is not there is named", () => {
  for (const use of [() => artifacts.read("no/such"), () => artifacts.download("no/such")])
    expect(errorOf(use)).toMatchObject({ code: "RESOURCE_DOES_NOT_EXIST", received: "no/such" });
  artifacts.write("a/b", "1");
  expect(errorOf(() => artifacts.read("a")).code).toBe("RESOURCE_DOES_NOT_EXIST");
  expect(errorOf(() => artifacts.copyIn(folder, "x"))).toMatchObject({
    code: "INVALID_PARAMETER_VALUE",
    received: folder,
  });
});

test("a path that leaves the root is refused", () => {
  for (const path of ["../x", "a/../../x", "/etc/passwd", "a//b", "./a", "a\\b", "C:/x", "a\0b", "", "a/"]) {
    for (const use of [
      () => artifacts.write(path, "x"),
      () => artifacts.copyIn(__filename, path),
      () => artifacts.read(path),
    ])
      expect(errorOf(use).code).toBe("INVALID_PARAMETER_VALUE");
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("a symbolic link that leaves the root is refused and not listed, one that stays is followed", () => {
  artifacts.write("kept/a.txt", "inside");
  const outside = join(folder, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "secret.txt"), "secret");
  symlinkSync(outside, join(root, "way-out"));
  symlinkSync(join(outside, "secret.txt"), join(root, "secret"));
  symlinkSync(join(root, "kept"), join(root, "way-in"));
  for (const use of [
    () => artifacts.read("way-out/secret.txt"),
    () => artifacts.read("secret"),
    () => artifacts.write("way-out/new.txt", "x"),
    () => artifacts.list("way-out"),
    () => artifacts.download("way-out"),
  ])
    expect(errorOf(use).message).toContain("by a symbolic link");
  expect(readdirSync(outside)).toEqual(["secret.txt"]);
  expect(artifacts.list().map(({ path }) => path)).toEqual(["kept", "way-in"]);
  expect(text("way-in/a.txt")).toBe("inside");
  const copied = artifacts.download("", join(folder, "copy"));
  expect(readdirSync(copied).sort()).toEqual(["kept", "way-in"]);
});

test("a file cannot stand where a folder is, nor the reverse", () => {
  artifacts.write("a/b", "1");
  for (const path of ["a", "a/b/c"])
    expect(errorOf(() => artifacts.write(path, "2"))).toMatchObject({
      code: "INVALID_PARAMETER_VALUE",
      received: path,
    });
});

test("no unfinished file is ever listed or left", () => {
  artifacts.write("a.txt", "1");
  writeFileSync(join(root, ".trackbook-0123-4.tmp"), "half");
  expect(artifacts.list().map(({ path }) => path)).toEqual(["a.txt"]);
  expect(errorOf(() => artifacts.copyIn(join(folder, "none"), "b.txt")).code).toBe("INVALID_PARAMETER_VALUE");
  expect(readdirSync(root)).toEqual([".trackbook-0123-4.tmp", "a.txt"]);
});

test("openArtifacts takes paths and file: URIs", () => {
  openArtifacts(pathToFileURL(join(folder, "a b")).href).write("x", "1");
  expect(readFileSync(join(folder, "a b", "x"), "utf8")).toBe("1");
  expect(openArtifacts(root).uri).toBe(root);
  for (const uri of ["s3://bucket/x", "mlflow-artifacts:/1/2", "http://h/x"])
    expect(errorOf(() => openArtifacts(uri))).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: uri });
});

describe("work on artifacts that others work on", () => {
  const lock = () => join(root, ".trackbook-lock.tmp");
  const lockOf = (holder: object) => {
    mkdirSync(root, { recursive: true });
    writeFileSync(lock(), JSON.stringify(holder));
  };
  /** What the lock says while this process has it. */
  const ownHolder = () => {
    let holder: object = {};
    artifacts.exclusively(() => {
      holder = JSON.parse(readFileSync(lock(), "utf8"));
    });
    return holder;
  };

  test("goes by turns: while it is done its lock lies there, hidden, and afterwards nothing", () => {
    let isDone = false;
    artifacts.exclusively(() => {
      expect(readdirSync(root)).toEqual([".trackbook-lock.tmp"]);
      expect(artifacts.list()).toEqual([]);
      isDone = true;
    });
    expect(isDone).toBe(true);
    expect(() =>
      artifacts.exclusively(() => {
        throw new Error("mine");
      }),
    ).toThrow("mine");
    expect(readdirSync(root)).toEqual([]);
  });

  test("does not wait for a process that has died, nor for a call of this one that never came back", () => {
    const own = ownHolder();
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const holder of [
      { ...own, token: "died", pid },
      { ...own, token: "aborted" },
      { ...own, token: "../../odd", pid },
    ]) {
      lockOf(holder);
      const start = performance.now();
      artifacts.exclusively(() => artifacts.write("a.txt", "a"));
      expect(performance.now() - start).toBeLessThan(5000);
      expect(readdirSync(root)).toEqual(["a.txt"]);
    }
  });

  test("claims a folder that nobody who lives has", () => {
    const release = artifacts.claim("m");
    expect(release).toBeDefined();
    const holder = JSON.parse(readFileSync(join(root, "m/.trackbook-lock.tmp"), "utf8"));
    release?.();
    expect(readdirSync(join(root, "m"))).toEqual([]);
    writeFileSync(join(root, "m/.trackbook-lock.tmp"), JSON.stringify({ ...holder, pid: process.ppid }));
    expect(artifacts.claim("m")).toBeUndefined();
    expect(errorOf(() => artifacts.claim("../m")).code).toBe("INVALID_PARAMETER_VALUE");
  });
});
