import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { describeWithParts } from "../../support/parts";
import { runNode } from "../../support/run-node";

const README = join(REPOSITORY, "README.md");

describeWithParts(["python"], "npm run bench", () => {
  test("measures a benchmark that is named beside its peer, prints the table and leaves the README", async () => {
    const before = readFileSync(README, "utf8");
    const args = ["--import", "tsx", "scripts/run-benchmarks.ts", "--quick", "new-run"];
    const { code, stdout, stderr } = await runNode(process.execPath, args, REPOSITORY);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^\| new run \| [\d.,]+ ms \| ≤ 1 ms \| [\d.,]+ ms \(Python\); at least [\d.,]+ ms \(.+?\) \| [\d.,]+ × \| (yes|no) \|$/m,
    );
    expect(stdout).toMatch(/^\| new run with 20 params \| [\d.,]+ ms \| ≤ 2 ms \|/m);
    expect(stdout).toMatch(/^\d of 2 are reached\.$/m);
    expect(readFileSync(README, "utf8")).toBe(before);
  });
});
