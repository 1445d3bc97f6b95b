import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { captureDataset, captureTable, inferSignature } from "../../../src/models";
import { describeWithParts } from "../../support/parts";

interface Danfo {
  readonly DataFrame: new (data?: unknown, options?: object) => Record<string, unknown>;
  readonly Series: new (data: unknown, options?: object) => object;
}

describeWithParts(["danfojs"], "what Danfo.js keeps", ({ danfojs: { folder } }) => {
  const { DataFrame, Series } = createRequire(join(folder, "package.json"))("danfojs") as Danfo;
  const columns = { age: [31, 2, 7], name: ["Ada", null, "Bo"], ok: [true, false, true] };
  const text = (data: unknown) => String(inferSignature(data));

  test("a DataFrame is its columns, as the arrays that it was made of: whole numbers are doubles too", () => {
    const frame = new DataFrame(columns);
    expect(frame.dtypes).toEqual(["int32", "string", "boolean"]);
    expect(text(frame)).toBe("(age: double, name?: string, ok: boolean)");
    expect(captureTable(frame)).toEqual(captureTable(columns));
    expect(captureDataset(frame).describe()).toEqual(captureDataset(columns).describe());
  });

  test("a DataFrame in low memory mode too", () => {
    expect(captureTable(new DataFrame(columns, { config: { lowMemoryMode: true } }))).toEqual(captureTable(columns));
  });

  test("a Series is a column with its name, and without one an array", () => {
    expect(text(new DataFrame(columns).name)).toBe("(name?: string)");
    expect(text(new Series([1, 2.5]))).toBe("(float64[-1])");
  });

  test("an empty DataFrame is told as empty", () => {
    expect(() => inferSignature(new DataFrame())).toThrow("is empty");
  });
});
