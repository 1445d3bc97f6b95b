import { describe, expect, it } from "vitest";
import { classificationMetrics, confusionMatrix } from "../../../../src/models/metrics/classification";
import { regressionMetrics } from "../../../../src/models/metrics/regression";

describe("regressionMetrics", () => {
  it("has MLflow's names", () => {
    expect(regressionMetrics([1, 2, 3], [1, 2, 4])).toEqual({
      training_mean_squared_error: 1 / 3,
      training_root_mean_squared_error: Math.sqrt(1 / 3),
      training_mean_absolute_error: 1 / 3,
      training_r2_score: 0.5,
      training_score: 0.5,
    });
    expect(Object.keys(regressionMetrics([1, 2], [1, 2], ""))).toContain("r2_score");
  });

  it("gives r² of a constant y as scikit-learn: 1 when all is right, else 0", () => {
    expect(regressionMetrics([5, 5], [5, 5]).training_r2_score).toBe(1);
    expect(regressionMetrics([5, 5], [5, 6]).training_r2_score).toBe(0);
  });

  it("has no r² of a single value and nothing of no values", () => {
    expect(regressionMetrics([1], [2])).toEqual({
      training_mean_squared_error: 1,
      training_root_mean_squared_error: 1,
      training_mean_absolute_error: 1,
    });
    expect(regressionMetrics([], [])).toEqual({});
  });

  it("says NaN and infinity where they are", () => {
    expect(regressionMetrics([1, 2], [1, Number.NaN])).toMatchObject({
      training_mean_squared_error: Number.NaN,
      training_r2_score: Number.NaN,
    });
    expect(regressionMetrics([1, 2], [1, Number.POSITIVE_INFINITY])).toMatchObject({
      training_mean_squared_error: Number.POSITIVE_INFINITY,
    });
  });

  it("takes typed arrays and rows of several outputs", () => {
    expect(regressionMetrics(Float32Array.of(1, 2), [1, 2]).training_mean_squared_error).toBe(0);
    expect(
      regressionMetrics(
        [
          [1, 10],
          [2, 20],
        ],
        [
          [1, 10],
          [2, 22],
        ],
      ),
    ).toMatchObject({ training_mean_squared_error: 1, training_mean_absolute_error: 0.5 });
  });

  it("refuses values of different length", () => {
    expect(() => regressionMetrics([1], [1, 2])).toThrow(/differ in length/);
    expect(() => regressionMetrics([[1, 2]], [[1]])).toThrow(/differ in length/);
  });
});

describe("classificationMetrics", () => {
  it("has MLflow's names, with and without probabilities", () => {
    expect(classificationMetrics(["a", "b"], ["a", "b"])).toEqual({
      training_accuracy_score: 1,
      training_precision_score: 1,
      training_recall_score: 1,
      training_f1_score: 1,
      training_score: 1,
    });
    const probabilities = {
      labels: ["b", "a"],
      values: [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
    };
    expect(classificationMetrics(["a", "b"], ["a", "a"], { probabilities })).toMatchObject({
      training_log_loss: -(Math.log(0.75) + Math.log(0.5)) / 2,
      training_roc_auc: 1,
    });
  });

  it("leaves out what one class only does not define", () => {
    const probabilities = {
      labels: [0, 1],
      values: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    };
    const metrics = classificationMetrics([1, 1], [1, 1], { probabilities });
    expect(metrics).not.toHaveProperty("training_roc_auc");
    expect(metrics.training_log_loss).toBeCloseTo(Math.log(2), 15);
    expect(classificationMetrics([0, 2], [0, 2], { probabilities })).not.toHaveProperty("training_log_loss");
  });

  it("has nothing of no values", () => {
    expect(classificationMetrics([], [])).toEqual({});
    expect(confusionMatrix([], [])).toEqual({ labels: [], matrix: [] });
  });

  it("leaves out the area when a probability is NaN, and says the loss is NaN", () => {
    const probabilities = {
      labels: [0, 1],
      values: [
        [Number.NaN, Number.NaN],
        [0.5, 0.5],
      ],
    };
    const metrics = classificationMetrics([0, 1], [0, 1], { probabilities });
    expect(metrics).not.toHaveProperty("training_roc_auc");
    expect(metrics.training_log_loss).toBeNaN();
  });

  it("refuses values of different length", () => {
    expect(() => classificationMetrics([1], [1, 2])).toThrow(/differ in length/);
    expect(() => classificationMetrics([1], [1], { probabilities: { labels: [0, 1], values: [] } })).toThrow(
      /differ in length/,
    );
  });
});

describe("confusionMatrix", () => {
  it("counts true classes in rows, predicted ones in columns, in the order of the labels", () => {
    expect(confusionMatrix([10, 9, 9, 10], [9, 9, 11, 10])).toEqual({
      labels: [9, 10, 11],
      matrix: [
        [1, 0, 1],
        [1, 1, 0],
        [0, 0, 0],
      ],
    });
    expect(confusionMatrix([true, false], [true, true])).toEqual({
      labels: [false, true],
      matrix: [
        [0, 1],
        [0, 1],
      ],
    });
    expect(confusionMatrix([Number.NaN, 1], [Number.NaN, 1]).matrix).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
