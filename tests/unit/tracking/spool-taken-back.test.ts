import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { JournalReader, JournalWriter } from "../../../src/tracking/spool/journal";
import type { Operation } from "../../../src/tracking/spool/operations";
import { temporaryFolder } from "../../support/temporary-folder";

const written = (path: string): Operation => ({ op: "writeFile", owner: { run: "r" }, path });

test.each([[0], [5], [300], [3000]])(
  "of a record that was begun and taken back a journal's reader keeps nothing: the next one of %i bytes",
  (length) => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    const writer = new JournalWriter(folder);
    const reader = new JournalReader(folder, { segment: 1, offset: 0 });
    writer.append(written("before"));
    expect(reader.next()).toMatchObject({ operation: written("before") });
    const { offset } = writer.end;
    const file = join(folder, "000001.log");
    new JournalWriter(other).append(written("never"), Buffer.alloc(1000, 1));
    appendFileSync(file, readFileSync(join(other, "000001.log")).subarray(0, 600));
    expect(reader.next()).toBeUndefined();
    truncateSync(file, offset);
    writer.append(written("after"), Buffer.alloc(length, 2));
    expect(reader.next()).toMatchObject({ operation: written("after"), payload: Buffer.alloc(length, 2) });
    expect(reader.next()).toBeUndefined();
  },
);
