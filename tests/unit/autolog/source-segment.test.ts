import { expect, test } from "vitest";
import { findSegment } from "../../../src/autolog/recording/source-segment";

const find = (text: string, line: number, column: number, method = "fit") =>
  findSegment({ name: "train.ts", file: "train.ts", text, line, column, exact: true }, method);

test("the segment is the whole statement around the call, and the function that it stands in", () => {
  const text =
    "async function train() {\n  for (const rate of rates) {\n    await model.fit(x, y);\n  }\n  return 1;\n}\n";
  const segment = find(text, 3, 17);
  expect(segment).toMatchObject({ startLine: 2, endLine: 4 });
  expect(segment?.text).toContain("// train.ts:2-4\nfor (const rate of rates)");
  expect(segment?.text).toContain("// in train, train.ts:1-6\nasync function train()");
});

test("a call that is the body of an arrow function stands in the statement of that function", () => {
  const segment = find("const line = (x) =>\n  new SLR(x, 1);\nline(3);\n", 2, 3, "constructor");
  expect(segment).toMatchObject({ startLine: 1, endLine: 2 });
  expect(segment?.text).toContain("new SLR(x, 1);");
});

test("a position outside of the source has no segment", () => {
  expect(find("model.fit(x, y);", 9, 1)).toBeUndefined();
});
