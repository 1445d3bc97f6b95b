import { expect, test } from "vitest";
import { createLiveBlocks } from "../../../src/runtime/node/live-blocks";

/** A terminal that understands what drawing in place needs. */
class Screen {
  readonly columns = 20;
  readonly rows = 10;
  bytesWritten = 0;
  lines: string[] = [];

  write(text: string): void {
    this.bytesWritten += text.length;
    for (const [index, part] of text.split("\u001b[").entries()) {
      const [command = "", up] = (index > 0 && /^(?:(\d+)A\r|0J)/.exec(part)) || [];
      if (up) this.#row -= Number(up);
      else if (command) this.lines.length = this.#row;
      const plain = part.slice(command.length);
      if (plain) for (const line of plain.split(/(?<=\n)/)) this.#put(line.trimEnd());
    }
  }

  #row = 0;

  #put(line: string): void {
    for (let at = 0; at === 0 || at < line.length; at += this.columns)
      this.lines[this.#row++] = line.slice(at, at + this.columns);
  }
}

const start = () => {
  const screen = new Screen();
  return { screen, blocks: createLiveBlocks(screen, [screen]) };
};

test("a block is redrawn in place, longer or shorter", () => {
  const { screen, blocks } = start();
  screen.write("before\n");
  blocks.draw("a", "epoch 1\nloss 3\nslow", false);
  blocks.draw("a", "epoch 2", false);
  expect(screen.lines).toEqual(["before", "epoch 2"]);
});

test("lines wider than the terminal count as they are drawn", () => {
  const { screen, blocks } = start();
  blocks.draw("a", "x".repeat(45), false);
  blocks.draw("a", "short", false);
  expect(screen.lines).toEqual(["short"]);
});

test("several blocks stand below each other, each in its place", () => {
  const { screen, blocks } = start();
  blocks.draw("a", "a1", false);
  blocks.draw("b", "b1\nb1", false);
  blocks.draw("a", "a2\na2", false);
  blocks.draw("b", "b2", false);
  expect(screen.lines).toEqual(["a2", "a2", "b2"]);
});

test("what the user prints below is never overwritten: the block waits, and is shown once more at its end", () => {
  const { screen, blocks } = start();
  blocks.draw("a", "epoch 1", false);
  screen.write("user's own line\n");
  expect(blocks.draw("a", "epoch 2", false)).toBe(false);
  expect(screen.lines).toEqual(["epoch 1", "user's own line"]);
  expect(blocks.draw("a", "epoch 3", true)).toBe(true);
  expect(blocks.draw("a", "epoch 4", false)).toBe(true);
  expect(screen.lines).toEqual(["epoch 1", "user's own line", "epoch 4"]);
});

test("a block that has scrolled out of the terminal is left alone", () => {
  const { screen, blocks } = start();
  blocks.draw("a", "a1", false);
  blocks.draw("b", Array(9).fill("b").join("\n"), false);
  expect(blocks.draw("a", "a2", false)).toBe(false);
  expect(screen.lines[0]).toBe("a1");
  expect(blocks.draw("b", "b2", false)).toBe(true);
  expect(screen.lines).toEqual(["a1", "b2"]);
});
