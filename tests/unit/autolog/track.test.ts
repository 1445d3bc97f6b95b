import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { autolog, prepareAutolog, track } from "../../../src/autolog";
import { flush } from "../../../src/tracking";
import { newStore } from "../tracking/new-store";

prepareAutolog();
beforeEach(() => {
  process.env.TRACKBOOK_TESTING = "1";
  autolog({ logSource: false });
});
afterEach(() => {
  autolog({ disable: true });
  delete process.env.TRACKBOOK_TESTING;
});

interface Line {
  readonly slope: number;
}

/** A class as it was written before ES2015. */
const Fit = function Fit(this: { slope: number }, data: readonly number[], options: { rate: number }): void {
  this.slope = (data[0] as number) * options.rate;
} as unknown as new (
  data: readonly number[],
  options: { rate: number },
) => Line;

describe("what is given to track", () => {
  test("is recorded when it is a function, its options as params and the numbers of its result as metrics", async () => {
    const { runs } = newStore();
    const kmeans = track((_data: readonly number[], _options: { k: number }) => ({ loss: 0.5, text: "no metric" }));
    expect(kmeans([1, 2, 3], { k: 2 })).toEqual({ loss: 0.5, text: "no metric" });
    await flush();
    const [run] = runs();
    expect(run?.data.params).toEqual({ k: "2" });
    expect(run?.data.metrics).toEqual({ loss: 0.5 });
    expect(run?.data.tags["mlflow.autologging"]).toBe("function");
  });

  test("is recorded when it is a function that is called with `new`, and makes the same objects", async () => {
    const { runs } = newStore();
    const Tracked = track(Fit);
    const line = new Tracked([3], { rate: 2 });
    expect(line.slope).toBe(6);
    expect(line).toBeInstanceOf(Fit);
    expect(line).toBeInstanceOf(Tracked);
    expect(Object.getPrototypeOf(line)).toBe(Fit.prototype);
    await flush();
    expect(runs().map(({ data }) => [data.tags.estimator_name, data.params, data.metrics])).toEqual([
      ["Fit", { rate: "2" }, { slope: 6 }],
    ]);
  });

  test("is recorded when it is a class, once", async () => {
    const { runs } = newStore();
    const Model = track(
      class Model {
        constructor(readonly depth: number) {}
      },
    );
    expect(new Model(3).depth).toBe(3);
    await flush();
    expect(runs().map(({ data }) => data.params)).toEqual([{ arg0: "3" }]);
  });

  test("is not recorded under autolog({ function: false }), and has options of its own otherwise", async () => {
    const { runs } = newStore();
    const double = track((value: number) => 2 * value);
    autolog({ logSource: false, function: false });
    expect(double(2)).toBe(4);
    expect(new (track(Fit))([3], { rate: 2 }).slope).toBe(6);
    autolog({ logSource: false, function: { extraTags: { team: "birds" } } });
    expect(double(3)).toBe(6);
    await flush();
    expect(runs().map(({ data }) => [data.metrics.result, data.tags.team])).toEqual([[6, "birds"]]);
  });

  test("that cannot be called with `new` still cannot", () => {
    const arrow = track((() => ({})) as unknown as new () => object);
    expect(() => new arrow()).toThrow(TypeError);
  });
});
