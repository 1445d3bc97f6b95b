import { expect, test } from "vitest";
import { FrameScheduler, type FrameSource } from "../../../src/notebook/live/frame-scheduler";

/** A display, a clock and a timer in the hands of the test. */
function start() {
  const shown: string[] = [];
  const timers: { callback: () => void; time: number }[] = [];
  const world = { time: 0, isBusy: false };
  const scheduler = new FrameScheduler({
    display: (bundle, { id, update }) => {
      if (!world.isBusy) shown.push(`${update ? "update" : "new"} ${id}: ${bundle["text/plain"]}`);
      return !world.isBusy;
    },
    clock: () => world.time,
    schedule: (callback, delay) => timers.push({ callback, time: world.time + delay }),
  });
  const passUntil = (time: number) => {
    for (;;) {
      const due = timers.findIndex((timer) => timer.time <= time);
      const [timer] = due < 0 ? [] : timers.splice(due, 1);
      if (!timer) break;
      world.time = timer.time;
      timer.callback();
    }
    world.time = time;
  };
  const source = (id: string): FrameSource & { text: string } => {
    const made = { id, text: "", frame: () => ({ "text/plain": made.text }) };
    return made;
  };
  return { scheduler, shown, world, passUntil, source };
}

test("at most four frames a second, and the latest wins", () => {
  const { scheduler, shown, passUntil, source } = start();
  const card = source("card");
  for (let time = 0; time <= 1000; time += 10) {
    passUntil(time);
    card.text = `at ${time}`;
    scheduler.request(card);
  }
  expect(shown).toEqual([
    "new card: at 0",
    "update card: at 240",
    "update card: at 490",
    "update card: at 740",
    "update card: at 990",
  ]);
});

test("several cards share the four and take turns", () => {
  const { scheduler, shown, passUntil, source } = start();
  const cards = [source("a"), source("b"), source("c")];
  for (let time = 0; time <= 2000; time += 10) {
    passUntil(time);
    for (const card of cards) scheduler.request(card);
  }
  expect(shown).toHaveLength(9);
  expect(shown.slice(0, 3)).toEqual(["new a: ", "new b: ", "new c: "]);
});

test("a training that lets no timer run is drawn all the same", () => {
  const { scheduler, shown, world, source } = start();
  const card = source("card");
  for (world.time = 0; world.time <= 1000; world.time += 50) scheduler.request(card);
  expect(shown).toHaveLength(5);
});

test("what came last is shown by a timer when nothing more comes", () => {
  const { scheduler, shown, passUntil, source } = start();
  const card = source("card");
  scheduler.request(card);
  card.text = "last";
  scheduler.request(card);
  passUntil(10_000);
  expect(shown).toEqual(["new card: ", "update card: last"]);
});

test("an end is shown before the call returns", () => {
  const { scheduler, shown, source } = start();
  const card = source("card");
  scheduler.request(card);
  card.text = "end";
  scheduler.drawNow(card);
  expect(shown).toEqual(["new card: ", "update card: end"]);
});

test("a busy notebook is asked again until it takes the latest frame", () => {
  const { scheduler, shown, world, passUntil, source } = start();
  const card = source("card");
  world.isBusy = true;
  scheduler.drawNow(card);
  passUntil(600);
  expect(shown).toEqual([]);
  card.text = "now";
  world.isBusy = false;
  passUntil(900);
  expect(shown).toEqual(["new card: now"]);
  passUntil(5000);
  expect(shown).toHaveLength(1);
});

test("at the end of a cell all that waits is shown", () => {
  const { scheduler, shown, source } = start();
  const [one, two] = [source("one"), source("two")];
  scheduler.request(one);
  scheduler.request(one);
  scheduler.request(two);
  scheduler.flush();
  expect(shown).toEqual(["new one: ", "update one: ", "new two: "]);
});
