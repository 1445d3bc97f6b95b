import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inferSignature } from "../../../src/models";
import { parsePlainYaml } from "../../../src/models/loaded/plain-yaml";
import { mlmodelText } from "../../../src/models/mlmodel";
import { samples } from "../../support/samples";

const whole = (text: string): unknown => parse(text, { version: "1.1", logLevel: "silent" });

describe("MLmodel files", () => {
  const fields = {
    flavors: { "ml-regression": { data: "model.json", package: "ml-regression", package_version: "6.3.0" } },
    signature: inferSignature([{ "it's": 1, b: "x" }], [1], { t: 0.5 }),
    inputExampleInfo: { artifact_path: "input_example.json", type: "dataframe" },
    runId: "3d23153e45147767286e30b5a0463e13",
    modelId: `m-${"0".repeat(31)}e`,
    artifactPath: "file:///home/a b/mlruns/0/artifacts/model",
    sizeBytes: 117,
    utcTime: Date.UTC(2026, 10, 22),
  };

  test("of ours need no whole parser", () => {
    const text = mlmodelText({ ...fields, artifactPath: "file:///home/mlruns/0/artifacts/model" });
    expect(parsePlainYaml(text)).toEqual(whole(text));
    expect(parsePlainYaml(text)).toMatchObject({ model_size_bytes: 117, prompts: null, type_hint_from_example: false });
  });

  test("are read as a whole parser reads them, whatever is kept in them", () => {
    let read = 0;
    const metadata = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("a", "on", "e5", "__proto__")),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(metadata, fc.string(), fc.stringMatching(/^[0-9a-f]{32}$/), (kept, artifactPath, runId) => {
        const text = mlmodelText({ ...fields, metadata: kept, artifactPath, runId });
        const plain = parsePlainYaml(text);
        if (!plain) return;
        read++;
        expect(plain).toEqual(whole(text));
      }),
    );
    expect(read).toBeGreaterThan(0);
  });

  test("what is no YAML of this form, or means something else in it, is left to the whole parser", () => {
    const word = fc.constantFrom(
      "a",
      "b-c",
      "on",
      "null",
      "~",
      "1",
      "007",
      "1_0",
      "0x1F",
      "1e3",
      "e-0",
      "1.5",
      "6.3.0",
      "12:30",
      "2026-11-22",
      "'x'",
      "'it''s'",
      "'",
      '"\\u00e9"',
      '"\\x41"',
      "{}",
      "[]",
      "- a",
      "# c",
      "a # c",
      "a: b",
      "&a x",
      "*a",
      "!x y",
      "|",
      ">",
      "%",
      "@",
      "`",
      "=",
      "<<",
      "",
    );
    const line = fc
      .tuple(fc.constantFrom("", "  ", "    ", "\t"), word, fc.constantFrom(": ", ":", " : "), word)
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const text = lines.join("\n");
        const plain = parsePlainYaml(text);
        if (plain) expect(plain).toEqual(whole(text));
      }),
      { numRuns: samples(3000) },
    );
  });
});
