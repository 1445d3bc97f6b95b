import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPoints, isLater, type MetricFileKind, readPoints } from "../../../src/stores/file/metrics/metric-file";
import { appendSeries } from "../../../src/stores/file/metrics/metric-writer";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";

function pointsOf(text: string, kind: MetricFileKind = "run"): unknown[] {
  const path = join(temporaryFolder(), "metric");
  writeFileSync(path, text);
  const points: unknown[] = [];
  readPoints(path, kind, (...point) => points.push(point));
  return points;
}

test("points are read back as they were written", () => {
  const point = fc.record({ value: fc.double(), timestamp: fc.maxSafeNat(), step: fc.maxSafeInteger() });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1 }), (points) => {
      const column = (name: "value" | "timestamp" | "step") => points.map((one) => one[name]);
      const lines = formatPoints({
        key: "m",
        values: column("value"),
        timestamps: column("timestamp"),
        steps: column("step"),
      });
      expect(pointsOf(lines.toString())).toEqual(
        points.map(({ timestamp, value, step }) => [timestamp, value, step || 0, ""]),
      );
    }),
    { numRuns: samples(100) },
  );
});

test("lines of two, three and five fields are points of a run, of four and six of a model", () => {
  expect(pointsOf("1 0.5\n2 0.5 3\n4 nan -5 iris d1\r\n")).toEqual([
    [1, 0.5, 0, ""],
    [2, 0.5, 3, ""],
    [4, Number.NaN, -5, "iris d1"],
  ]);
  expect(pointsOf("1 0.5 2 run\n1 inf 2 run iris d1\n", "model")).toEqual([
    [1, 0.5, 2, "run"],
    [1, Number.POSITIVE_INFINITY, 2, "run iris d1"],
  ]);
});

test("a half-written last line is left out with one warning, and the rest is read", () => {
  const stderr = capturedStderr();
  for (const torn of ["17", "1795 0.", "1795 0.5 1", "1795 abc\n", " \n"])
    expect(pointsOf(`1 2.0 3\n${torn}`)).toEqual([[1, 2, 3, ""]]);
  expect(stderr).toHaveLength(5);
  expect(stderr[0]).toContain("has a half-written line, which is left out");
});

test("an empty file has no points, with a warning", () => {
  const stderr = capturedStderr();
  expect(pointsOf("")).toEqual([]);
  expect(stderr[0]).toContain("is empty");
});

test("a line in the midst that is no point is corruption, named with its file", () => {
  for (const line of ["garbage", "1 2 3 4", "1 2 3 4 5 6", "1 2 x", "1.5 2 3", "1 0x10 3", "\u0000\u0001"]) {
    const error = errorOf(() => pointsOf(`1 2.0 3\n${line}\n2 2.0 3\n`));
    expect(error.code).toBe("DATA_LOSS");
    expect(error.message).toMatch(/metric cannot be read: the line .* is no metric point/);
  }
});

test("the first write after a half-written line takes it away, so that Python reads the file as well", () => {
  const [first, second] = ["1 2.0 3\n", "4 5.0 6\n"];
  for (const torn of ["1", "17", "1795 0.5", "1795 0.51 1", "1 2.0 3 Gr\u00f6\u00dfe".slice(0, -1)]) {
    const folder = temporaryFolder();
    const path = join(folder, "metrics", "m");
    mkdirSync(join(folder, "metrics"));
    writeFileSync(path, first + torn);
    appendSeries(folder, "m", Buffer.from(second), new Set());
    expect(pointsOf(readFileSync(path, "utf8"))).toEqual([
      [1, 2, 3, ""],
      [4, 5, 6, ""],
    ]);
    // Python strips a line and splits it at single spaces.
    expect(
      readFileSync(path, "utf8")
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual(["1 2.0 3", "4 5.0 6", ""]);
    writeFileSync(path, torn);
    appendSeries(folder, "m", Buffer.from(second), new Set());
    expect(readFileSync(path, "utf8")).toBe(second);
  }
});

test("a half-written character costs its line, not the file", () => {
  const path = join(temporaryFolder(), "metric");
  writeFileSync(path, Buffer.concat([Buffer.from("1 2.0 3\n2 2.0 4 "), Buffer.from([0xc3])]));
  const stderr = capturedStderr();
  const steps: number[] = [];
  readPoints(path, "run", (_timestamp, _value, step) => steps.push(step));
  expect(steps).toEqual([3]);
  expect(stderr).toHaveLength(1);
});

test("a data set is named only when its name has no space, which Python could not read", () => {
  const point = { key: "m", values: [1], timestamps: [2], steps: [3], datasetDigest: "d" };
  expect(formatPoints({ ...point, datasetName: "iris" }).toString()).toBe("2 1.0 3 iris d\n");
  expect(formatPoints({ ...point, datasetName: "my iris" }).toString()).toBe("2 1.0 3\n");
  expect(formatPoints({ ...point, datasetName: "iris" }, "run").toString()).toBe("2 1.0 3 run iris d\n");
  expect(formatPoints({ ...point, datasetName: "my\tiris" }, "run").toString()).toBe("2 1.0 3 run\n");
});

test("the latest point is the greatest by step, then time, then value; of NaN and a number the first written", () => {
  const than = { step: 1, timestamp: 10, value: 5 };
  expect(isLater(2, 0, 0, than)).toBe(true);
  expect(isLater(1, 11, 0, than)).toBe(true);
  expect(isLater(1, 10, 6, than)).toBe(true);
  expect(isLater(1, 10, 5, than)).toBe(false);
  expect(isLater(0, 99, 99, than)).toBe(false);
  expect(isLater(1, 10, Number.NaN, than)).toBe(false);
  expect(isLater(1, 10, 6, { ...than, value: Number.NaN })).toBe(false);
});
