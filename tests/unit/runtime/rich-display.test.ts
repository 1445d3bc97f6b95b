import { inspect } from "node:util";
import { expect, test } from "vitest";
import { makeRich } from "../../../src/runtime";

class Table {
  readonly rows = 2;
}
makeRich(Table.prototype, {
  render: (table, { color }) => ({ text: `${table.rows} rows${color ? " in colour" : ""}`, html: "<table></table>" }),
  summarize: (table) => `Table of ${table.rows}`,
});

test("printed by itself it is text, in colour where colours were asked for", () => {
  expect(inspect(new Table())).toBe("2 rows");
  expect(inspect(new Table(), { colors: true })).toBe("2 rows in colour");
});

test("inside of other things it is one line", () => {
  expect(inspect({ tables: [new Table()] })).toBe("{ tables: [ Table of 2 ] }");
});

test("kernels that ask are given HTML and text", () => {
  const asked = new Table() as unknown as Record<symbol, () => unknown>;
  expect(asked[Symbol.for("Jupyter.display")]?.()).toEqual({ "text/plain": "2 rows", "text/html": "<table></table>" });
});

test("nothing of it shows on the object", () => {
  expect(Object.keys(new Table())).toEqual(["rows"]);
  const found: string[] = [];
  for (const key in new Table()) found.push(key);
  expect(found).toEqual(["rows"]);
});
