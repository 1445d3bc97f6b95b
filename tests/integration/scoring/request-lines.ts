import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "requests");

/** A request that both servers are asked: a line of requests/*.txt. */
export interface RequestLine {
  readonly line: string;
  readonly method: string;
  /** Below the model's path. */
  readonly path: string;
  readonly model: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** `MODEL [CONTENT-TYPE] BODY`, JSON by default, or `METHOD /PATH`. */
export function readRequestLines(): readonly RequestLine[] {
  const texts = readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), "utf8"));
  return texts.flatMap((text) => text.split("\n").filter(Boolean).map(parseLine));
}

function parseLine(line: string): RequestLine {
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(line) ?? [];
  if (method && path) return { line, method, path, model: "linear", headers: {}, body: undefined };
  const [, model = "", type = "application/json", text = ""] = /^(\w+) (?:\[(.*?)\] )?(.*)$/.exec(line) ?? [];
  const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
  return { line, method: "POST", path: "/invocations", model, headers, body: bodyOf(text, type) };
}

/** What a line cannot hold. */
const BODIES: Readonly<Record<string, Buffer>> = {
  EMPTY: Buffer.alloc(0),
  "NOT-UTF8": Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  BOM: Buffer.from('\ufeff{"inputs":{"a":[1],"b":[2]}}'),
  DEEP: Buffer.from(`{"inputs":${"[".repeat(5000)}1${"]".repeat(5000)}}`),
};

const bodyOf = (text: string, type: string): Buffer =>
  BODIES[text] ?? Buffer.from(type.startsWith("text/csv") ? text.replaceAll("\\n", "\n") : text);
