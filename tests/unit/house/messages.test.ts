import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";

test("every message has a name of its own", async () => {
  const folder = join(REPOSITORY, "src/core/messages");
  const names: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name !== "index.ts")) {
    const exported = (await import(join(folder, file))) as Record<string, object>;
    for (const [name, group] of Object.entries(exported))
      if (name.endsWith("Messages")) names.push(...Object.keys(group));
  }
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
