import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, truncateToWidth } from "../../../src/view/text/text-width";

const RANGES = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x2ff],
  [0x2010, 0x2027],
  [0x2190, 0x22ff],
  [0x2500, 0x25fc],
] as const;

/** With this at the end every text is measured grapheme by grapheme. */
const ACCENTED = "e\u0301";

test("texts of single characters are as wide, and cut where, they are when measured grapheme by grapheme", () => {
  const character = fc.oneof(...RANGES.map(([from, to]) => fc.integer({ min: from, max: to })));
  const text = fc.array(character, { maxLength: 40 }).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (singles, width) => {
      expect(displayWidth(singles)).toBe(displayWidth(singles + ACCENTED) - 1);
      if (singles.length > width)
        expect(truncateToWidth(singles, width)).toBe(truncateToWidth(singles + ACCENTED, width));
    }),
  );
  for (const [from, to] of RANGES)
    for (let code = from; code <= to; code++)
      expect([code, displayWidth(String.fromCharCode(code) + ACCENTED)]).toEqual([code, 2]);
});

test("wide characters take two columns, marks and invisible ones none", () => {
  expect(displayWidth("日本")).toBe(4);
  expect(displayWidth("👍🏽 ok")).toBe(5);
  expect(displayWidth(`a\u00ad\u200bb`)).toBe(2);
});
