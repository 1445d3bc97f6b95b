import { expect, test } from "vitest";
import { progressBar, progressLine } from "../../../src/cli/migrate/progress-bar";

test("a progress line says how much is done and how long the rest takes", () => {
  expect(progressLine(0, 10, 0)).toBe("[>                             ] 0/10");
  expect(progressLine(5, 10, 2)).toBe("[===============>              ] 5/10, 2 s to go");
  expect(progressLine(10, 10, 4)).toBe("[==============================] 10/10");
});

test("a progress bar is drawn over itself, not too often, and leaves nothing behind", () => {
  const written: string[] = [];
  let time = 0;
  const bar = progressBar("runs", { isTTY: true, write: (text) => written.push(String(text)) > 0 }, () => time);
  bar.show(1, 4);
  bar.show(2, 4);
  time = 200;
  bar.show(3, 4);
  bar.show(4, 4);
  bar.end();
  expect(written.filter((text) => text.includes("/4")).map((text) => /\d\/4/.exec(text)?.[0])).toEqual([
    "1/4",
    "3/4",
    "4/4",
  ]);
  expect(written.every((text) => text.startsWith("\r"))).toBe(true);
  expect(written.at(-2)?.trim()).toBe("");
});

test("a progress bar that nobody sees writes nothing", () => {
  const written: unknown[] = [];
  const bar = progressBar("runs", { isTTY: false, write: (text) => written.push(text) > 0 }, () => 0);
  bar.show(1, 2);
  bar.end();
  expect(written).toEqual([]);
});
