import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeWithParts } from "../../support/parts";
import { Loader, type PythonAnswer } from "./loader";
import type { PythonPeer } from "../../support/python-peer";
import { FIRST, type Script } from "./scripted-model";

/** False for what has ended, though nobody may have asked about it yet. */
const isAlive = (pid: number): boolean =>
  /^[^Z]/.test(spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim());

const untilGone = (pid: number) => vi.waitUntil(() => !isAlive(pid), { timeout: 30_000, interval: 50 });

describeWithParts(["python"], "the Node process behind a model", ({ python }) => {
  let loader: Loader;
  beforeAll(() => {
    loader = new Loader(python.python);
  });
  afterAll(() => loader.close());

  const loaded = (script: Script, from?: PythonPeer) => loader.loaded(script, from);
  const ask = (name: string, data: readonly number[] = [1, 2]) =>
    loader.peer.ask<PythonAnswer>("predict", name, "float64", data).then(({ values }) => values);
  const doubled: Script = { predict: `return ${FIRST}.map((x) => x * 2);` };

  test("is started when the model is first asked, and then kept", async () => {
    const name = await loaded(doubled);
    expect(await loader.peer.ask("pid", name)).toBeNull();
    expect(await ask(name)).toEqual([2, 4]);
    const pid = await loader.peer.ask("pid", name);
    expect(await ask(name)).toEqual([2, 4]);
    expect(await loader.peer.ask("pid", name)).toBe(pid);
  });

  test("killed between two calls: another takes its place", async () => {
    const name = await loaded(doubled);
    for (const asked of [[1], [2], [3]]) {
      expect(await ask(name, asked)).toEqual(asked.map((x) => x * 2));
      const killed = await loader.peer.ask<number>("end", name, "SIGKILL");
      expect(await ask(name, asked)).toEqual(asked.map((x) => x * 2));
      expect(await loader.peer.ask("pid", name)).not.toBe(killed);
    }
  });

  test("answers threads one after the other, each with its own", async () => {
    const name = await loaded(doubled);
    const asked = Array.from({ length: 24 }, (_, index) =>
      Array.from({ length: 1 + index * 37 }, (_, row) => row + index),
    );
    const answers = await loader.peer.ask<readonly PythonAnswer[]>("at_once", name, "float64", asked);
    expect(answers.map(({ values }) => values)).toEqual(asked.map((rows) => rows.map((x) => x * 2)));
  });

  test("is not shared with a fork, though a lock was held; nor with a copy or what was pickled", async () => {
    const name = await loaded(doubled);
    await ask(name);
    const pid = await loader.peer.ask<number>("pid", name);
    const fork = await loader.peer.ask<{ answer: PythonAnswer; pid: number }>("forked", name, "float64", [4]);
    expect(fork.answer.values).toEqual([8]);
    expect(fork.pid).not.toBe(pid);
    await untilGone(fork.pid);
    expect(await ask(name)).toEqual([2, 4]);
    expect(await loader.peer.ask("pid", name)).toBe(pid);
    const copies = await loader.peer.ask<readonly PythonAnswer[]>("copied", name, "float64", [4]);
    expect(copies.map(({ values }) => values)).toEqual([[8], [8]]);
    expect(await loader.peer.ask("pid", "copy")).not.toBe(pid);
  });

  test("ends with the model", async () => {
    const name = await loaded(doubled);
    await ask(name);
    await loader.peer.ask("collected", name);
  });

  const busy: Script = {
    predict: `const [x] = ${FIRST};
      if (x === 1) { require("node:fs").writeFileSync(${JSON.stringify("marker")}, ""); for (;;); }
      return [x];`,
  };

  test("is left by an interrupt; the next call has another", async () => {
    const name = await loaded(busy);
    expect(await ask(name, [5])).toEqual([5]);
    const pid = await loader.peer.ask<number>("pid", name);
    const marker = join(loader.root, "marker");
    expect(await loader.peer.ask("interrupted", name, "float64", [1], marker)).toBe("interrupted");
    rmSync(marker);
    await untilGone(pid);
    expect(await ask(name, [6])).toEqual([6]);
  });

  test.each(["idle", "busy"])("ends when Python is killed while it is %s", async (state) => {
    const other = loader.start();
    const name = await loaded(busy, other);
    await other.ask("predict", name, "float64", [5]);
    const pid = await other.ask<number>("pid", name);
    expect(isAlive(pid)).toBe(true);
    if (state === "busy") {
      other.ask("predict", name, "float64", [1]).catch(() => undefined);
      await vi.waitUntil(() => existsSync(join(loader.root, "marker")), { timeout: 30_000, interval: 20 });
    }
    other.kill();
    await untilGone(pid);
    rmSync(join(loader.root, "marker"), { force: true });
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
