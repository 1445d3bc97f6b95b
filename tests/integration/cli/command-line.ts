import { spawn } from "node:child_process";
import { join } from "node:path";
import { PACKAGE } from "../../support/installed-folder";
import { type EndedProcess, runNode } from "../../support/run-node";

/** The command as npm puts it on the path. */
export const TRACKBOOK = join(PACKAGE, "dist/cli/index.js");

/** Variables that would change what the command says, away: tests begin without any. */
const CLEAN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(MLFLOW|TRACKBOOK)_/.test(name))
      .map((name) => [name, ""]),
  ),
  NO_COLOR: "",
  FORCE_COLOR: "0",
};

/** Runs `trackbook …` in a folder to its end. */
export const trackbook = (
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<EndedProcess> => runNode(process.execPath, [TRACKBOOK, ...args], folder, { ...CLEAN, ...env });

/** What a command that ends well prints, read as JSON. */
export async function trackbookJson<Answer>(folder: string, args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await trackbook(folder, [...args, "--json"]);
  if (code !== 0) throw new Error(`trackbook ${args.join(" ")} ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}

/** A terminal of a size, to which somebody types. */
export interface Terminal {
  readonly python: string;
  readonly folder: string;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Each text is typed once `after` has been shown. */
  readonly typed?: readonly { readonly after: string; readonly text: string }[];
}

/** Runs `trackbook …` on a pseudo-terminal and answers all that it showed, and the exit code. */
export async function onTerminal(
  { python, folder, columns = 80, env = {}, typed = [] }: Terminal,
  args: readonly string[],
): Promise<{ code: number | null; shown: string }> {
  // Node takes any terminal for a colourless one where `CI` is set.
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, CI: _ci, ...clean } = { ...process.env, ...CLEAN };
  const script = join(__dirname, "terminal.py");
  const child = spawn(python, [script, String(columns), JSON.stringify(typed), process.execPath, TRACKBOOK, ...args], {
    cwd: folder,
    env: { ...clean, TERM: "xterm-256color", ...env },
  });
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, shown: shown.replaceAll("\r\n", "\n") };
}
