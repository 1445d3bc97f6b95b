import { execFileSync } from "node:child_process";
import { onTestFinished, type TestContext } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder";

/** Disks and users are root's to change. */
export function requireRoot(context: TestContext): void {
  if (process.getuid?.() !== 0) context.skip("mounting a small disk and running as another user needs root");
}

/** A folder that is a disk of its own of so many megabytes, until the test has finished. */
export function smallDisk(context: TestContext, megabytes: number): string {
  requireRoot(context);
  const disk = temporaryFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "trackbook-test", disk]);
  onTestFinished(() => {
    // Whoever still has a file open there keeps nobody waiting.
    execFileSync("umount", ["--lazy", disk]);
  });
  return disk;
}

/** In a script whose variable DISK names a disk: fills it to the last block, and prints ENOSPC. */
export const FILL_DISK = `
  const filler = require("node:fs").openSync(process.env.DISK + "/filler", "w");
  try { for (;;) require("node:fs").writeSync(filler, Buffer.alloc(4096)); } catch (error) { console.log(error.code); }`;

/** Takes that back. */
export const MAKE_ROOM = `
  require("node:fs").closeSync(filler);
  require("node:fs").rmSync(process.env.DISK + "/filler");`;
