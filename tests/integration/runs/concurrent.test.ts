import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithParts } from "../../support/parts";
import { readByPython } from "./python-runs";
import { ScriptFolder } from "./scripts";

describeWithParts(["python"], "ten trainings at once, each in startRun with a function", ({ python }) => {
  let scripts: ScriptFolder;
  beforeAll(() => {
    scripts = new ScriptFolder();
  });
  afterAll(() => scripts.remove());

  test("are ten unmixed, complete runs, also the one whose fit is not awaited", async () => {
    const { code, stderr, folder } = await scripts.run(
      `
      const { writeFileSync } = require("node:fs");
      const EPOCHS = 8;
      const events = [];
      const histories = {};
      /** No training goes on to its next epoch before all ten have ended this one. */
      const waiting = [];
      const allHere = () => new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 10) for (const release of waiting.splice(0)) release();
      });
      /** Each network has other data, so that its losses are its own. */
      const train = (number) => {
        const rates = tf.tensor2d(y.map((value) => value * (number + 1)), [5, 1]);
        return network().fit(xs(), rates, { epochs: EPOCHS, verbose: 0, callbacks: { onEpochEnd: async (epoch, logs) => {
          trackbook.logMetric("mine", number * 100 + epoch, { step: epoch });
          events.push([number, epoch]);
          await allHere();
        } } }).then(({ history }) => { histories[number] = history.loss; });
      };
      main(async () => {
        await Promise.all(Array.from({ length: 10 }, (_, number) =>
          trackbook.startRun({ runName: "run " + number }, async () => {
            trackbook.logParam("number", number);
            if (number === 7) void train(number);
            else await train(number);
          }),
        ));
        if (trackbook.activeRun() !== undefined) throw new Error("a run is left");
        writeFileSync("events.json", JSON.stringify({ events, histories }));
      });`,
      "cjs",
      { TRACKBOOK_TESTING: "1" },
    );
    expect(stderr).toBe("");
    expect(code).toBe(0);

    const { events, histories } = JSON.parse(readFileSync(join(folder, "events.json"), "utf8")) as {
      events: readonly (readonly [number, number])[];
      histories: Readonly<Record<string, readonly number[]>>;
    };
    expect(events).toHaveLength(80);
    for (let epoch = 0; epoch < 8; epoch++) {
      const together = events.slice(epoch * 10, epoch * 10 + 10);
      expect(together.map(([, of]) => of)).toEqual(Array(10).fill(epoch));
      expect(new Set(together.map(([number]) => number)).size).toBe(10);
    }

    const [runs = []] = await readByPython(python.python, [join(folder, "mlruns")]);
    expect(runs).toHaveLength(10);
    const byNumber = [...runs].sort((one, other) => Number(one.params.number) - Number(other.params.number));
    for (const [number, run] of byNumber.entries()) {
      expect(run.status).toBe("FINISHED");
      expect(run.tags["mlflow.runName"]).toBe(`run ${number}`);
      expect(run.params).toMatchObject({ number: String(number), epochs: "8", opt_name: "SGD" });
      expect(run.histories.mine).toEqual(Array.from({ length: 8 }, (_, epoch) => [epoch, number * 100 + epoch]));
      expect(run.histories.loss).toEqual((histories[number] ?? []).map((loss, epoch) => [epoch, loss]));
      expect(run.datasets).toEqual(["train"]);
      expect(run.models).toHaveLength(1);
      expect(run.artifacts).toEqual(["model", "model_summary.txt", "source"]);
    }
  });
});
