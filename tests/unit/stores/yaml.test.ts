import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { formatYaml } from "../../../src/core/yaml";
import { parseYaml } from "../../../src/stores/file/yaml";
import { samples } from "../../support/samples";

test("any text reads back as itself, by us and by a YAML parser", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("null", "0o7", "1e5", "e5", "e-0", "E+1", "on", "<<", "...", "---"),
  );
  fc.assert(
    fc.property(text, text, (value, inner) => {
      const yaml = formatYaml({ key: value, tags: { a: inner }, number: 3 });
      expect(parseYaml(yaml)).toEqual({ key: value, tags: { a: inner }, number: 3 });
      expect(parse(yaml, { version: "1.1" })).toEqual({ key: value, tags: { a: inner }, number: 3 });
    }),
    { numRuns: samples(500) },
  );
});

test("what other writers write is read: folded text, ids without quotes, comments, flow style", () => {
  const yaml = `# by hand
experiment_id: 123456789012345678
old: 12
name: a long name that goes on
  in the next line
run_id: 11111111111111111111111111111e11
uri: "file:///a\\u00e9"
tags: {a: b}
block: |
  two
  lines
none: ~
nothing:
`;
  expect(parseYaml(yaml)).toEqual({
    experiment_id: "123456789012345678",
    old: 12,
    name: "a long name that goes on in the next line",
    run_id: "11111111111111111111111111111e11",
    uri: "file:///aé",
    tags: { a: "b" },
    block: "two\nlines\n",
    none: null,
    nothing: null,
  });
});

test("what is no mapping is an error", () => {
  for (const yaml of ["", "just text", "- a\n- b\n", "a: [1", "\u0000\u0001"]) expect(() => parseYaml(yaml)).toThrow();
});
