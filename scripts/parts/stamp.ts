import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../repository";

/**
 * Marks a folder as holding exactly what `pins` name. A folder that was moved with the repository no longer counts:
 * virtual environments and kernelspecs hold absolute paths.
 */
export class Stamp {
  readonly #file: string;
  readonly #expected: string;

  constructor(folder: string, ...pins: readonly string[]) {
    this.#file = join(folder, ".ready");
    this.#expected = createHash("sha256")
      .update([REPOSITORY, ...pins].join("\n"))
      .digest("hex");
  }

  /** True when the folder was stamped with the same pins at the same place. */
  isCurrent(): boolean {
    try {
      return readFileSync(this.#file, "utf8") === this.#expected;
    } catch {
      return false;
    }
  }

  /** Says that the folder is complete. */
  write(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, this.#expected);
  }
}
