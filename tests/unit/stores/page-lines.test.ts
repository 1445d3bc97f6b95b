import fc from "fast-check";
import { expect, test } from "vitest";
import { keepInPages } from "../../../src/stores/file/metrics/page-lines";
import { samples } from "../../support/samples";

const PAGE = 4096;

/** Of a run, or of a LoggedModel, which names its run. */
const point = fc
  .tuple(fc.nat({ max: 2 ** 42 }), fc.double({ noNaN: true }), fc.nat(), fc.constantFrom("", ` ${"a".repeat(32)}`))
  .map(([timestamp, value, step, run]) => `${timestamp} ${value} ${step}${run}\n`);
const batch = fc.array(point, { minLength: 1, maxLength: 400 }).map((lines) => lines.join(""));

/** The lines of which a write that ends with a page of the file leaves a part. */
function crossingLines(text: string, size: number): readonly string[] {
  let position = size;
  return text.split(/(?<=\n)/).filter((line) => {
    const first = Math.floor(position / PAGE);
    position += line.length;
    return Math.floor((position - 1) / PAGE) !== first;
  });
}

const stripped = (text: string): string => text.replace(/ +\n/g, "\n");

test("what is appended to a file of ours has no line in two of its pages, and says what it said", () => {
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 12 }), (batches) => {
      let file = "";
      for (const lines of batches) file += keepInPages(Buffer.from(lines), file.length).toString();
      expect(crossingLines(file, 0)).toEqual([]);
      expect(stripped(file)).toBe(batches.join(""));
      // Never more than a line's place in each page.
      expect(file.length - batches.join("").length).toBeLessThanOrEqual((file.length / PAGE + 1) * 128);
    }),
    { numRuns: samples(500) },
  );
});

test("behind what others wrote, and with lines of any length, at most the first line lies in two pages, and those longer than its place", () => {
  const line = fc.integer({ min: 4, max: 9000 }).map((length) => `${"1".repeat(length)}\n`);
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 20, arbitrary: point }, line), { minLength: 1 }),
      fc.nat(),
      (lines, size) => {
        const kept = keepInPages(Buffer.from(lines.join("")), size).toString();
        expect(stripped(kept)).toBe(lines.join(""));
        const [, ...later] = stripped(kept).split(/(?<=\n)/);
        for (const crossing of crossingLines(kept, size).slice(1)) expect(later).toContain(stripped(crossing));
      },
    ),
    { numRuns: samples(500) },
  );
});
