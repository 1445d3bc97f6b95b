import { createInterface } from "node:readline";

/** How a question that was put to the user ended. */
export type Answer = "yes" | "no" | "nobody there";

/** What a command is given of the terminal around it. */
export interface Session {
  /** Whether data goes to somebody's eyes. Into a pipe or file it is plain and complete. */
  readonly isTerminal: boolean;
  /** In columns. */
  readonly width: number;
  readonly color: boolean;
  /** A line, or several, of data: stdout. */
  print(text: string): void;
  /** Talk beside the data, left out by `--quiet`: stderr. */
  say(text: string): void;
  /** Trouble, told in any case: stderr. */
  warn(text: string): void;
  /** Puts a yes-or-no question on the terminal; Ctrl-C ends the process with 130. */
  ask(question: string): Promise<Answer>;
}

/** The session of this process. Colours: Node's own test, which knows `NO_COLOR` and `FORCE_COLOR`. */
export function createSession({ quiet = false }: { quiet?: boolean } = {}): Session {
  const { stdin, stdout, stderr } = process;
  const isForced = /^(|true|[123])$/.test(process.env.FORCE_COLOR ?? "0");
  return {
    isTerminal: stdout.isTTY === true,
    width: stdout.columns || 80,
    color: stdout.isTTY ? stdout.hasColors() : isForced,
    print: (text) => void stdout.write(`${text}\n`),
    say: (text) => void (quiet || stderr.write(`${text}\n`)),
    warn: (text) => void stderr.write(`${text}\n`),
    ask: (question) => (stdin.isTTY && stderr.isTTY ? ask(question) : Promise.resolve("nobody there")),
  };
}

/** The exit code of a program that was interrupted: 128 + SIGINT. */
const INTERRUPTED = 130;

function ask(question: string): Promise<Answer> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.on("SIGINT", () => {
      process.stderr.write("\n");
      process.exit(INTERRUPTED);
    });
    lines.on("close", () => resolve("no"));
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()) ? "yes" : "no");
      lines.close();
    });
  });
}
