import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeWithParts } from "../../support/parts";
import type { PythonPeer } from "../../support/python-peer";
import { type PythonAnswer, startLoader } from "./loaded-model";
import { FIRST, saveScripted, type Script } from "./scripted-model";

/** False for what has ended, though nobody may have asked about it yet. */
const isAlive = (pid: number): boolean =>
  /^[^Z]/.test(spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim());

const untilGone = (pid: number) => vi.waitUntil(() => !isAlive(pid), { timeout: 30_000, interval: 50 });

describeWithParts(["python"], "the Node process behind a model", ({ python }) => {
  let root: string;
  let peer: PythonPeer;
  let count = 0;
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "trackbook-loader-")));
    peer = startLoader(python.python, root);
  });
  afterAll(() => {
    peer.close();
    rmSync(root, { recursive: true, force: true });
  });

  async function loaded(script: Script, from = peer): Promise<string> {
    const folder = await saveScripted(root, `scripted-${count++}`, script);
    await from.ask("load", folder, folder);
    return folder;
  }
  const ask = (name: string, data: readonly number[] = [1, 2]) =>
    peer.ask<PythonAnswer>("predict", name, "float64", data).then(({ values }) => values);
  const doubled: Script = { predict: `return ${FIRST}.map((x) => x * 2);` };

  test("is started when the model is first asked, and then kept", async () => {
    const name = await loaded(doubled);
    expect(await peer.ask("pid", name)).toBeNull();
    expect(await ask(name)).toEqual([2, 4]);
    const pid = await peer.ask("pid", name);
    expect(await ask(name)).toEqual([2, 4]);
    expect(await peer.ask("pid", name)).toBe(pid);
  });

  test("killed between two calls: another takes its place", async () => {
    const name = await loaded(doubled);
    for (const asked of [[1], [2], [3]]) {
      expect(await ask(name, asked)).toEqual(asked.map((x) => x * 2));
      const killed = await peer.ask<number>("end", name, "SIGKILL");
      expect(await ask(name, asked)).toEqual(asked.map((x) => x * 2));
      expect(await peer.ask("pid", name)).not.toBe(killed);
    }
  });

  test("answers threads one after the other, each with its own", async () => {
    const name = await loaded(doubled);
    const asked = Array.from({ length: 24 }, (_, index) =>
      Array.from({ length: 1 + index * 37 }, (_, row) => row + index),
    );
    const answers = await peer.ask<readonly PythonAnswer[]>("at_once", name, "float64", asked);
    expect(answers.map(({ values }) => values)).toEqual(asked.map((rows) => rows.map((x) => x * 2)));
  });

  test("is not shared with a fork, though a lock was held; nor with a copy or what was pickled", async () => {
    const name = await loaded(doubled);
    await ask(name);
    const pid = await peer.ask<number>("pid", name);
    const fork = await peer.ask<{ answer: PythonAnswer; pid: number }>("forked", name, "float64", [4]);
    expect(fork.answer.values).toEqual([8]);
    expect(fork.pid).not.toBe(pid);
    await untilGone(fork.pid);
    expect(await ask(name)).toEqual([2, 4]);
    expect(await peer.ask("pid", name)).toBe(pid);
    const copies = await peer.ask<readonly PythonAnswer[]>("copied", name, "float64", [4]);
    expect(copies.map(({ values }) => values)).toEqual([[8], [8]]);
    expect(await peer.ask("pid", "copy")).not.toBe(pid);
  });

  test("ends with the model", async () => {
    const name = await loaded(doubled);
    await ask(name);
    await peer.ask("collected", name);
  });

  const busy: Script = {
    predict: `const [x] = ${FIRST};
      if (x === 1) { require("node:fs").writeFileSync(${JSON.stringify("marker")}, ""); for (;;); }
      return [x];`,
  };

  test("is left by an interrupt; the next call has another", async () => {
    const name = await loaded(busy);
    expect(await ask(name, [5])).toEqual([5]);
    const pid = await peer.ask<number>("pid", name);
    const marker = join(root, "marker");
    expect(await peer.ask("interrupted", name, "float64", [1], marker)).toBe("interrupted");
    rmSync(marker);
    await untilGone(pid);
    expect(await ask(name, [6])).toEqual([6]);
  });

  test.each(["idle", "busy"])("ends when Python is killed while it is %s", async (state) => {
    const other = startLoader(python.python, root);
    const name = await loaded(busy, other);
    await other.ask("predict", name, "float64", [5]);
    const pid = await other.ask<number>("pid", name);
    expect(isAlive(pid)).toBe(true);
    if (state === "busy") {
      other.ask("predict", name, "float64", [1]).catch(() => undefined);
      await vi.waitUntil(() => existsSync(join(root, "marker")), { timeout: 30_000, interval: 20 });
    }
    other.kill();
    await untilGone(pid);
    rmSync(join(root, "marker"), { force: true });
  });

  test("gets many rows in portions, unless the predictor wants them whole", async () => {
    const sizes: Script = { predict: `return Array(input.rows).fill(input.rows);` };
    const counts = async (script: Script) => {
      const values = (await ask(await loaded(script), Array(100_000).fill(1))) as readonly number[];
      return [values.length, [...new Set(values)]];
    };
    expect(await counts(sizes)).toEqual([100_000, [65_536, 34_464]]);
    expect(await counts({ ...sizes, more: "whole: true," })).toEqual([100_000, [100_000]]);
  });
});
