import { expect, test } from "vitest";
import { progressBar, progressLine } from "../../../src/cli/migrate/progress-bar";

test("a progress line says how much is done and how long the rest takes", () => {
  expect(progressLine(0, 10, "runs", 0)).toBe("[>                             ] 0/10 runs");
  expect(progressLine(5, 10, "runs", 4)).toBe("[===============>              ] 5/10 runs, 4 s to go");
  expect(progressLine(10, 10, "runs", 4)).toBe("[==============================] 10/10 runs");
  expect(progressLine(20, 1220, "runs", 3)).toMatch(/ 20\/1220 runs, 3 min to go$/);
  expect(progressLine(20, 1220, "runs", 200)).toMatch(/, 3 h 20 min to go$/);
});

test("a progress line guesses nothing from the first run of many, nor from the first seconds", () => {
  expect(progressLine(1, 1233, "runs", 36)).toMatch(/1\/1233 runs$/);
  expect(progressLine(20, 1233, "runs", 1)).toMatch(/20\/1233 runs$/);
  expect(progressLine(1, 20, "runs", 36)).toMatch(/1\/20 runs, 11 min 24 s to go$/);
});

test("a progress bar counts the time from when something could be done", () => {
  const written: string[] = [];
  let time = 0;
  const bar = progressBar("runs", { isTTY: true, write: (text) => written.push(String(text)) > 0 }, () => time);
  time = 100_000;
  bar.show(0, 100);
  time = 110_000;
  bar.show(50, 100);
  expect(written.at(-1)).toMatch(/50\/100 runs, 10 s to go/);
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
