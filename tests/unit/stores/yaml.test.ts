import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { formatYaml, parseYaml } from "../../../src/stores/file/yaml";

test("text is quoted only where YAML 1.1 would take it for something else", () => {
  const plain = ["bold-cat-1", "/abs/mlruns/0", "file:///abs/a%20b", "exp 1", "é", "1e5a".padEnd(32, "0"), "active"];
  const quoted = [
    "",
    "0",
    "1.5",
    "yes",
    "Null",
    "a: b",
    "a #b",
    "- a",
    "2024-01-01",
    " a",
    "a ",
    "a'b",
    "=",
    "~",
    "0x1f",
    "1:30",
  ];
  for (const text of plain) expect(formatYaml({ key: text })).toBe(`key: ${text}\n`);
  for (const text of quoted) expect(formatYaml({ key: text })).toBe(`key: '${text.replace("'", "''")}'\n`);
  expect(formatYaml({ key: "a\nb\u0007" })).toBe('key: "a\\u000ab\\u0007"\n');
});

test("keys are sorted, empty collections flat and mappings indented", () => {
  expect(formatYaml({ b: null, a: 1, tags: { y: "2", x: "1" }, list: [], none: {} })).toBe(
    "a: 1\nb: null\nlist: []\nnone: {}\ntags:\n  x: '1'\n  'y': '2'\n",
  );
});

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
    { numRuns: 500 },
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
