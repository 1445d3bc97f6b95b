import { spawn } from "node:child_process";
import { errorCode, messages, TrackbookError } from "../../../core";

/** Only errors are told, and nothing is asked of a registry but packages; what a cache has is not asked for at all. */
const ARGUMENTS = ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

/** How much of what npm printed an error tells. */
const LAST_LINES = 15;
const KEPT_CHARACTERS = 16_384;

/**
 * Runs `npm ci` in `folder`.
 *
 * @throws TrackbookError when there is no npm, or it fails: with the last lines that it printed
 */
export async function npmCi(folder: string): Promise<void> {
  // On Windows npm is a script, which only a shell starts; the arguments are our own and need no quoting.
  const child = spawn("npm", ARGUMENTS, {
    cwd: folder,
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-KEPT_CHARACTERS);
    });
  const ended = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  }).catch((cause: unknown) => {
    const problem = errorCode(cause) === "ENOENT" ? messages.npmMissing() : messages.npmFailed(String(cause), "");
    throw new TrackbookError(problem, { cause });
  });
  if (ended !== 0)
    throw new TrackbookError(
      messages.npmFailed(String(ended), printed.trim().split("\n").slice(-LAST_LINES).join("\n")),
    );
}
