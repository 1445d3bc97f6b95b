import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { formatYaml } from "../../../src/core/yaml";
import { samples } from "../../support/samples";

test("text is quoted only where YAML 1.1 would take it for something else", () => {
  const plain = [
    "bold-cat-1",
    "/abs/mlruns/0",
    "file:///abs/a%20b",
    "exp 1",
    "é",
    "3.17.2",
    "1e5a".padEnd(32, "0"),
    "active",
  ];
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

test("lists stand below their key, blocks behind their dash", () => {
  const map = { items: [1, "a", [], [2, [3]], { b: [{ c: null }], a: {} }], small: 1e-7, large: 1e21 };
  expect(formatYaml(map)).toBe(
    "items:\n- 1\n- a\n- []\n- - 2\n  - - 3\n- a: {}\n  b:\n  - c: null\nlarge: 1.0e+21\nsmall: 1.0e-7\n",
  );
});

test("any JSON reads back as itself, keys of any length too", () => {
  const key = fc.oneof(fc.string(), fc.constantFrom("x".repeat(1500), "on", "<<", "=", "a: b", "-", "?"));
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
      fc.constantFrom(null, true, false),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(key, json, { maxKeys: 4 }), (map) => {
      const plain = JSON.parse(JSON.stringify(map)) as typeof map;
      const read = parse(formatYaml(plain as Parameters<typeof formatYaml>[0]), { version: "1.1", merge: false });
      expect(JSON.parse(JSON.stringify(read ?? {}))).toEqual(plain);
    }),
    { numRuns: samples(500) },
  );
});
