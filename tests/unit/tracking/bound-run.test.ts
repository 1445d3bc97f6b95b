import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { activeRun, endRun, lastActiveRun, logMetric, logParam, startRun } from "../../../src/tracking";
import { errorOf, rejectionOf } from "../../support/error-of";
import { newStore, withEnvironment } from "./new-store";

describe("startRun with a function", () => {
  test("binds what the function does, its awaits included, and gives back its value", async () => {
    const { run: stored } = newStore();
    const ids = await Promise.all(
      [3, 2, 1].map((turns) =>
        startRun({ tags: { turns } }, async (run) => {
          for (let left = turns; left > 0; left--) await turn();
          expect(activeRun()).toBe(run);
          logParam("turns", turns);
          return run.id;
        }),
      ),
    );
    expect(activeRun()).toBeUndefined();
    expect(ids.map((id) => stored(id).data.params.turns)).toEqual(["3", "2", "1"]);
    expect(ids.map((id) => stored(id).info.status)).toEqual(["FINISHED", "FINISHED", "FINISHED"]);
    expect(await startRun(() => "value")).toBe("value");
  });

  test("fails with the function's very error", async () => {
    const { runs } = newStore();
    const error = new Error("no data");
    await expect(
      startRun(async () => {
        await turn();
        throw error;
      }),
    ).rejects.toBe(error);
    expect(runs()[0]?.info.status).toBe("FAILED");
  });

  test("may end its run itself; a verb after that is told so", async () => {
    const { run: stored } = newStore();
    const ended = await startRun(async (run) => {
      void run.end("KILLED");
      expect(activeRun()).toBeUndefined();
      expect(errorOf(() => logMetric("late", 1)).code).toBe("RUN_ENDED");
      expect(errorOf(() => run.logMetric("late", 1)).code).toBe("RUN_ENDED");
      return run.id;
    });
    expect(stored(ended).info.status).toBe("KILLED");
  });

  test("what goes on after its end is told that the run has ended", async () => {
    newStore();
    let late = Promise.resolve<unknown>(undefined);
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    await startRun(() => {
      late = gate.then(() => logParam("late", 1));
    });
    go();
    expect((await rejectionOf(late)).code).toBe("RUN_ENDED");
  });

  test("a plain startRun inside stays inside", async () => {
    const { run: stored } = newStore();
    let inner: string | undefined;
    await startRun(async (outer) => {
      expect(errorOf(() => startRun()).code).toBe("RUN_ACTIVE");
      const child = startRun({ nested: true });
      inner = child.id;
      await turn();
      expect(activeRun()).toBe(child);
      await child.end();
      expect(activeRun()).toBe(outer);
      startRun({ nested: true });
    });
    expect(activeRun()).toBeUndefined();
    expect(stored(inner as string).info.status).toBe("FINISHED");
    await lastActiveRun()?.end();
  });

  test("ends the runs that its function left open with its own", async () => {
    const { runs } = newStore();
    await startRun({ runName: "outer" }, () => {
      startRun({ runName: "inner", nested: true });
    });
    expect(runs().map(({ info }) => [info.runName, info.status])).toEqual(
      expect.arrayContaining([
        ["outer", "FINISHED"],
        ["inner", "FINISHED"],
      ]),
    );
  });

  test("inside of an explicit run needs to be nested", async () => {
    const { run: stored } = newStore();
    const outer = startRun();
    expect(errorOf(() => void startRun(() => 1)).code).toBe("RUN_ACTIVE");
    const child = await startRun({ nested: true }, (run) => run.id);
    expect(stored(child).data.tags["mlflow.parentRunId"]).toBe(outer.id);
    expect(activeRun()).toBe(outer);
  });
});

describe("a run that another process opened, named by MLFLOW_RUN_ID,", () => {
  async function inherited() {
    const made = newStore();
    const parent = startRun();
    await parent.end();
    made.store.updateRun(parent.id, { status: "RUNNING" });
    withEnvironment({ MLFLOW_RUN_ID: parent.id });
    return { ...made, id: parent.id };
  }

  test("takes the verbs, and is not ended here", async () => {
    const { id, run: stored, runs } = await inherited();
    logParam("from-child", 1);
    expect(activeRun()?.id).toBe(id);
    expect(errorOf(() => startRun()).code).toBe("RUN_ACTIVE");
    await endRun();
    expect(stored(id)).toMatchObject({ info: { status: "RUNNING" }, data: { params: { "from-child": "1" } } });
    expect(runs()).toHaveLength(1);
    expect(activeRun()).toBeUndefined();
  });

  test("is what startRun gives, once", async () => {
    const { id } = await inherited();
    const run = startRun();
    expect(run.id).toBe(id);
    await run.end();
    const next = startRun();
    expect(next.id).not.toBe(id);
  });

  test("must exist", async () => {
    newStore();
    withEnvironment({ MLFLOW_RUN_ID: "e".repeat(32) });
    for (const open of [() => logParam("a", 1), () => startRun(), () => logMetric("a", 1)]) {
      const error = errorOf(open);
      expect(error.code).toBe("RESOURCE_DOES_NOT_EXIST");
      expect(error.message).toContain("MLFLOW_RUN_ID");
    }
    withEnvironment({ MLFLOW_RUN_ID: undefined });
  });
});
