import { beforeEach, describe, expect, test } from "vitest";
import type { Training, TrainingResult } from "../../../src/autolog";
import { LiveDisplay, type LiveDisplayOptions } from "../../../src/notebook/live/live-display";
import * as view from "../../../src/view";

/** A notebook that shows what it is given: by display id, in order of appearance. */
class Notebook {
  readonly outputs = new Map<string, string>();
  messages = 0;
  cell = "cell 1";
  time = 0;
  timers: (() => void)[] = [];
  html = "";

  readonly options = {
    isMinimal: false,
    loadView: () => view,
    runtime: {
      isNotebook: true,
      textStyle: () => ({ width: 80, color: false }),
      currentCell: () => ({ code: "", id: undefined, messageId: this.cell, executionCount: 1 }),
      onCellEnd: () => () => {},
      display: (bundle, { id = "", update } = {}) => {
        expect(this.outputs.has(id)).toBe(update);
        this.outputs.set(id, bundle["text/plain"]);
        this.html = String(bundle["text/html"]);
        this.messages++;
        return true;
      },
    },
    edge: { clock: () => this.time, schedule: (callback) => this.timers.push(callback) },
  } satisfies LiveDisplayOptions;

  get texts(): string[] {
    return [...this.outputs.values()];
  }
}

let count = 0;
const training = (more: Partial<Training> = {}): Training => ({
  id: ++count,
  runId: `${count}`.padStart(32, "0"),
  runName: `otter-${count}`,
  experimentId: "0",
  experimentName: "penguins",
  library: "tfjs",
  estimatorName: "Sequential",
  estimatorClass: "tfjs.Sequential",
  params: { batch_size: "32", note: "<img src=x onerror=alert(1)>" },
  epochs: 40,
  suffix: "",
  epochOffset: 0,
  startTime: Date.now() - 1000,
  source: "train.ts:12",
  dataShape: "333 × 4",
  store: "mlruns",
  ...more,
});
const result = (more: Partial<TrainingResult> = {}): TrainingResult => ({
  status: "FINISHED",
  endTime: Date.now(),
  metrics: {},
  notes: [],
  ...more,
});

let notebook: Notebook;
let display: LiveDisplay;
beforeEach(() => {
  notebook = new Notebook();
  display = new LiveDisplay(notebook.options);
});

const start = (of: Training) => display.take({ type: "started", training: of });
const epoch = (of: Training, index: number, metrics: Record<string, number> = { loss: 1 / (index + 1) }) =>
  display.take({ type: "epoch", training: of, index, metrics, time: Date.now() });
const end = (of: Training, more: Partial<TrainingResult> = {}) =>
  display.take({ type: "ended", training: of, result: result(more) });

describe("a training's card", () => {
  test("begins with the training, follows it and shows its end before the call returns", () => {
    const one = training();
    start(one);
    expect(notebook.texts[0]).toMatch(/training\s+otter-/);
    notebook.time += 300;
    epoch(one, 0);
    expect(notebook.texts[0]).toContain("epoch 1 / 40");
    epoch(one, 39, { loss: 0.025 });
    end(one, { notes: ["stopped early at epoch 40"], model: { name: "model", bytes: 12_345, signature: "[4] → [3]" } });
    expect(notebook.outputs.size).toBe(1);
    for (const words of [
      "✓ finished",
      "epoch 40 / 40",
      "0.025",
      "batch_size  32",
      "333 × 4",
      "stopped early at epoch 40",
      "12 kB",
      "mlruns",
      "train.ts:12",
    ])
      expect(notebook.texts[0]).toContain(words);
  });

  test("holds nothing that the page would run", () => {
    end(startOf(training()));
    expect(notebook.html).not.toContain("<img");
    expect(notebook.html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(notebook.html).not.toMatch(/<script|https?:/);
  });

  test("says what made a training fail", () => {
    end(startOf(training()), { status: "FAILED", error: new RangeError("out of memory") });
    expect(notebook.texts[0]).toContain("failed");
    expect(notebook.texts[0]).toContain("RangeError: out of memory");
  });

  test("shows metrics that are known only at the end", () => {
    end(startOf(training({ epochs: undefined })), { metrics: { training_r2: 0.87 } });
    expect(notebook.texts[0]).toMatch(/training_r2\s+0\.87/);
    expect(notebook.texts[0]).not.toContain("epoch");
  });

  test("names the training of a run that has had others", () => {
    end(startOf(training({ suffix: "-2" })));
    expect(notebook.texts[0]).toContain("training 2 of this run");
  });

  test("links to the run where a server is known", () => {
    end(startOf(training({ store: "http://localhost:5000/", runId: "ab".repeat(16) })));
    expect(notebook.html).toContain(`href="http://localhost:5000/#/experiments/0/runs/${"ab".repeat(16)}"`);
  });
});

const startOf = (of: Training) => {
  start(of);
  return of;
};

describe("trainings that continue each other", () => {
  const continued = (offset: number, more: Partial<Training> = {}) =>
    training({ runId: "c".repeat(32), runName: "otter", epochs: 1, epochOffset: offset, ...more });
  const trainOn = (offset: number) => {
    const one = startOf(continued(offset));
    epoch(one, offset);
    end(one);
  };

  test("share one card in a cell, and the cell's end brings the last frame", () => {
    for (let offset = 0; offset < 300; offset++) {
      trainOn(offset);
      notebook.time += 5;
    }
    display.flush();
    expect(notebook.outputs.size).toBe(1);
    expect(notebook.texts[0]).toContain("epoch 300 / 300");
    expect(notebook.messages).toBeLessThanOrEqual(2 + (300 * 5) / 250 + 1);
  });

  test("get a new card in a later cell, which knows what came before", () => {
    trainOn(0);
    notebook.cell = "cell 2";
    trainOn(1);
    expect(notebook.outputs.size).toBe(2);
    expect(notebook.texts[0]).toContain("epoch 1 / 1");
    expect(notebook.texts[1]).toContain("epoch 2 / 2");
    expect(notebook.texts[1]).toContain("0.5");
  });
});

test("a loop over hundreds of trainings ends in twenty cards and a table of the others", () => {
  for (let i = 0; i < 300; i++) {
    const one = startOf(training());
    epoch(one, 0, { loss: 7 });
    epoch(one, 1, { loss: 1000 + i });
    end(one, { metrics: { training_r2: i / 300 } });
  }
  display.flush();
  expect(notebook.outputs.size).toBe(21);
  expect(notebook.texts.at(-1)).toContain("280 runs");
  for (const words of [`otter-${count}`, "training_r2", "1299"]) expect(notebook.texts.at(-1)).toContain(words);
  expect(notebook.messages).toBeLessThan(25);
});

test("in the table of the others, a training under way shows how long it has been", () => {
  for (let i = 0; i < 20; i++) end(startOf(training()));
  startOf(training({ startTime: Date.now() - 7_230_000 }));
  display.flush();
  expect(notebook.texts.at(-1)).toMatch(/further trainings[\s\S]*running .*2 h/);
});

test("minimal: nothing while it trains, one compact card at its end", () => {
  display = new LiveDisplay({ ...notebook.options, isMinimal: true });
  const one = startOf(training());
  epoch(one, 0);
  expect(notebook.messages).toBe(0);
  end(one);
  expect(notebook.messages).toBe(1);
  expect(notebook.texts[0]).toMatch(/loss\s+1/);
  expect(notebook.texts[0]).not.toContain("batch_size");
});

test("20,000 epochs in one go are one message, and what comes after them is the last", () => {
  const one = startOf(training());
  for (let index = 0; index < 20_000; index++)
    epoch(one, index, { loss: 1 / (index + 1), val_loss: 2 / (index + 1), acc: 0.5, val_acc: 0.4 });
  expect(notebook.messages).toBe(1);
  display.flush();
  expect(notebook.messages).toBe(2);
  expect(notebook.texts[0]).toMatch(/loss.* 5e-5/);
});
