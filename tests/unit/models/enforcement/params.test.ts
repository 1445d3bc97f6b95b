import { describe, expect, test } from "vitest";
import { ModelSignature } from "../../../../src/models";
import { enforceParams } from "../../../../src/models/enforcement";
import { errorOf } from "../../../support/error-of";

describe("params", () => {
  const params = (specs: readonly object[]) => ModelSignature.fromText({ params: JSON.stringify(specs) }).params;
  const specs = params([
    { name: "temperature", type: "double", default: 0.5, shape: null },
    { name: "count", type: "long", default: 3, shape: null },
    { name: "stop", type: "string", default: ["."], shape: [-1] },
    { name: "since", type: "datetime", default: null, shape: null },
    {
      name: "place",
      type: "object",
      properties: { lat: { type: "double", required: true } },
      default: { lat: 1 },
      shape: null,
    },
  ]);
  const defaults = { temperature: 0.5, count: 3, stop: ["."], since: null, place: { lat: 1 } };

  test("defaults stand for those that are not given", () => {
    expect(enforceParams(specs, undefined)).toEqual(defaults);
    expect(enforceParams(specs, { temperature: undefined })).toEqual(defaults);
    const since = new Date(0);
    const given = { temperature: 1, count: 4, stop: [], since, place: { lat: 2 } };
    expect(enforceParams(specs, given)).toEqual(given);
    expect(enforceParams(specs, { temperature: null })).toEqual({ ...defaults, temperature: null });
  });

  test.each<[string, unknown, string]>([
    [
      "temperature",
      "hot",
      'The param "temperature" has a value that does not fit. Received: "hot". Accepted: double: a number.',
    ],
    ["count", 1.5, "Accepted: long: a whole number up to"],
    ["stop", ".", 'Received: ".". Accepted: string[].'],
    ["stop", [1], 'The param "stop" at [0] has a value that does not fit. Received: 1. Accepted: string: a text.'],
    ["stop", null, "Received: null. Accepted: string[]."],
    ["since", "2026-01-01", "Accepted: datetime: a valid Date"],
    ["place", { lat: "x" }, 'The param "place" at .lat has'],
  ])("%s: %j is refused", (name, value, message) => {
    expect(errorOf(() => enforceParams(specs, { [name]: value })).message).toContain(message);
  });

  test("an unknown one is refused, saying which was perhaps meant", () => {
    expect(errorOf(() => enforceParams(specs, { temperatur: 1 })).message).toBe(
      'The model has no param "temperatur". Received: "temperatur". Accepted: temperature, count, stop, since, place. Hint: did you mean "temperature"? [INVALID_PARAMETER_VALUE]',
    );
    expect(errorOf(() => enforceParams([], { t: 1 })).message).toContain(
      "Accepted: no params: its signature has none. Hint: inferSignature(",
    );
    expect(errorOf(() => enforceParams(specs, [1])).code).toBe("INVALID_PARAMETER_VALUE");
  });

  test("without a signature they are taken as they are", () => {
    expect(enforceParams(undefined, { t: 1 })).toEqual({ t: 1 });
    expect(enforceParams(undefined, undefined)).toEqual({});
  });
});
