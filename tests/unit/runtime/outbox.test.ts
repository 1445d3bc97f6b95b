import { expect, test } from "vitest";
import { Outbox } from "../../../src/runtime/tslab/outbox";

/** A socket that takes so many messages a turn, and the notebook behind it. */
function start(capacity = 300) {
  const seen: string[] = [];
  const turns: (() => void)[] = [];
  let [time, taken] = [0, 0];
  const take = (text: string) => {
    if (taken >= capacity) throw Object.assign(new Error("busy"), { code: "EBUSY" });
    taken++;
    seen.push(text);
  };
  const outbox = new Outbox({ clock: () => time, nextTurn: (callback) => void turns.push(callback) });
  const show = (text: string, id?: string, isUpdate = false) =>
    outbox.show({
      write: ({ data }, update) => take(`${update ? "=" : ""}${data["text/plain"]}`),
      content: { data: { "text/plain": text }, transient: id === undefined ? {} : { display_id: id } },
      isUpdate,
    });
  return {
    outbox,
    seen,
    show,
    take,
    pass: (milliseconds: number) => (time += milliseconds),
    /** Lets the event loop turn until nothing waits. */
    drain() {
      for (let turn = turns.shift(); turn; turn = turns.shift()) {
        taken = 0;
        turn();
      }
    },
  };
}

test("what is shown now and then is sent at once", () => {
  const { show, seen, pass, outbox } = start(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 500; i++) {
    show(String(i));
    pass(10);
    expect(seen).toHaveLength(i + 1);
  }
  expect(outbox.isEmpty).toBe(true);
});

test("a burst is sent in turns and in order, and the end of the cell behind it", () => {
  const { show, seen, take, drain, outbox } = start();
  const expected = Array.from({ length: 250 }, (_, index) => String(index));
  for (const text of expected) show(text);
  expect(seen.length).toBeLessThan(100);
  outbox.announce(() => take("end"));
  let isEmpty = false;
  outbox.onceEmpty(() => (isEmpty = true));
  drain();
  expect(seen).toEqual([...expected, "end"]);
  expect([isEmpty, outbox.isEmpty]).toEqual([true, true]);
});

test("of too many the first and the last are sent, and how many are not", () => {
  const { show, seen, drain, pass } = start();
  for (let i = 0; i < 5000; i++) {
    show(String(i));
    pass(1);
  }
  drain();
  const notice = seen.findIndex((text) => text.includes("left out"));
  expect(seen.slice(0, notice)).toEqual(Array.from({ length: notice }, (_, index) => String(index)));
  const shown = seen.length - 1;
  expect(seen[notice]).toContain(`${5000 - shown} outputs left out`);
  expect(seen.at(-1)).toBe("4999");
  expect(shown).toBeLessThan(400);
});

test("of frames of one output that wait only the last is sent, and the output is there before it changes", () => {
  const { show, seen, drain } = start();
  for (let i = 0; i < 64; i++) show("filler");
  for (let i = 0; i < 1000; i++) show(`frame ${i}`, "card", i > 0);
  drain();
  expect(seen.slice(64)).toEqual(["frame 999"]);
});

test("a busy socket is tried again until it takes the message; what can never be sent is given up", () => {
  const { show, seen, take, drain, outbox } = start(1);
  take("somebody else's");
  show("first");
  outbox.announce(() => {
    throw new Error("closed");
  });
  show("second");
  expect(seen).toEqual(["somebody else's"]);
  drain();
  expect(seen).toEqual(["somebody else's", "first", "second"]);
});
