import { expect, test } from "vitest";
import { csvLines } from "../../../src/cli/csv-lines";
import { type Listing, printListing } from "../../../src/cli/listing";
import type { Session } from "../../../src/cli/session";

const listing: Listing<{ name: string; size?: number }> = {
  rows: [{ name: "a\tb\u001b[31m", size: 1 }, { name: 'c,"d"' }],
  columns: [
    { head: "name", value: ({ name }) => name },
    { head: "size", value: ({ size }) => size },
  ],
  json: ({ name }) => ({ name }),
  human: () => "a table",
};

function printed(options: object, isTerminal: boolean): string {
  const lines: string[] = [];
  const nothing = () => undefined;
  const session: Session = {
    isTerminal,
    width: 80,
    color: false,
    print: (text) => lines.push(text),
    say: nothing,
    warn: nothing,
    ask: async () => "nobody there",
  };
  printListing(listing, options, session);
  return lines.join("\n");
}

test("a table on a terminal; piped one line a row, in which no value can break lines, columns or the terminal", () => {
  expect(printed({}, true)).toBe("a table");
  expect(printed({}, false)).toBe('name\tsize\na b\t1\nc,"d"\t');
});

test("JSON and CSV are the same on a terminal and piped", () => {
  for (const isTerminal of [true, false]) {
    expect(JSON.parse(printed({ json: true }, isTerminal))).toEqual([{ name: "a\tb\u001b[31m" }, { name: 'c,"d"' }]);
    expect(printed({ csv: true }, isTerminal).split("\n").at(-1)).toBe('"c,""d""",');
  }
});

test("CSV quotes what needs it and nothing else", () => {
  expect(csvLines([["a", "b c", 'd"e', "f\ng", ""]])).toBe('a,b c,"d""e","f\ng",');
});
