import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../src/cli/catalogue";
import { temporaryFolder } from "../../support/temporary-folder";
import { trackbook, trackbookJson } from "./command-line";
import { type FilledStore, fillStore } from "./filled-store";

/** Every command that answers rows: what it is asked of the filled store, and what must be in each of its rows, in order. */
const LISTINGS: Readonly<
  Record<string, { args(store: FilledStore): readonly string[]; rows(store: FilledStore): readonly string[] }>
> = {
  "experiments search": { args: () => [], rows: ({ wine, iris }) => [wine, iris, "0"] },
  "runs list": { args: ({ iris }) => ["-x", iris], rows: ({ runs }) => [...runs].reverse() },
  "artifacts list": { args: ({ runs }) => ["-r", runs[0], "-a", "notes"], rows: () => ["notes/hello.txt"] },
};

describe("every listing", () => {
  test("is here", () => {
    const listings = COMMANDS.flatMap((entry) =>
      "commands" in entry
        ? entry.commands.filter(({ load }) => load().isListing).map(({ name }) => `${entry.name} ${name}`)
        : [],
    );
    expect(listings.sort()).toEqual(Object.keys(LISTINGS).sort());
  });

  test.each(Object.entries(LISTINGS))("%s has the same rows as JSON, as CSV and piped", async (command, listing) => {
    const store = await fillStore();
    const asked = [...command.split(" "), ...listing.args(store)];
    const rows = listing.rows(store);

    const json = await trackbookJson<Record<string, unknown>[]>(store.folder, asked);
    expect(json).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) expect(JSON.stringify(json[index])).toContain(`"${row}"`);

    const piped = await trackbook(store.folder, asked);
    expect(piped).toMatchObject({ code: 0, stderr: "" });
    const lines = piped.stdout.trimEnd().split("\n");
    const cells = lines.map((line) => line.split("\t"));
    expect(cells).toHaveLength(rows.length + 1);
    expect(new Set(cells.map(({ length }) => length)).size).toBe(1);
    for (const [index, row] of rows.entries()) expect(cells[index + 1]).toContain(row);
    expect(piped.stdout).not.toContain("\u001b");

    const csv = await trackbook(store.folder, [...asked, "--csv"]);
    expect(csv).toMatchObject({ code: 0, stderr: "" });
    expect(csv.stdout.trimEnd().split("\n").map(fieldsOf)).toEqual(cells);
    expect(await trackbook(store.folder, [...asked, "--csv", "--quiet"])).toEqual(csv);
    expect((await trackbook(store.folder, [...asked, "--csv", "--json"])).code).toBe(2);
  });
});

test("gc --dry-run --json lists what would go and leaves it; where nothing is deleted it lists nothing", async () => {
  const { folder, client, runs } = await fillStore();
  expect(await trackbookJson(folder, ["gc", "--dry-run"])).toEqual([]);
  expect(await trackbookJson(folder, ["gc", "--yes"])).toEqual([]);
  expect(await trackbookJson(temporaryFolder(), ["gc", "--dry-run"])).toEqual([]);
  await client.deleteRun(runs[1]);
  const entry = { kind: "run", id: runs[1], name: 'second, "quoted"', deleted_time: expect.any(Number) };
  for (let times = 0; times < 2; times++)
    expect(await trackbookJson(folder, ["gc", "--dry-run"])).toEqual([expect.objectContaining(entry)]);
  expect((await client.getRun(runs[1])).info.lifecycleStage).toBe("deleted");
});

/** The fields of a line of CSV. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"'),
  );
