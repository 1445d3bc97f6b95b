import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as trackbook from "../../../src";
import { COMMANDS } from "../../../src/cli/catalogue";
import { completionWords } from "../../../src/cli/completion/words";
import { ERROR_CODES, messages, type Problem, TrackbookError } from "../../../src/core";
import * as notebook from "../../../src/notebook";
import { MESSAGE_SAMPLES } from "./message-samples";

const FOLDER = join(__dirname, "../../../src/core/messages");

const PROBLEMS: readonly (readonly [name: string, problem: Problem])[] = Object.entries(MESSAGE_SAMPLES).flatMap(
  ([name, samples]) =>
    samples.map((sample, index) => {
      const message = messages[name as keyof typeof messages] as (...args: readonly unknown[]) => Problem;
      return [samples.length === 1 ? name : `${name}, ${index + 1}`, message(...sample)] as const;
    }),
);

describe.each(PROBLEMS)("%s", (_, problem) => {
  test("has one of the codes, says what happened, what came or what is accepted, and what mends it", () => {
    expect(Object.keys(ERROR_CODES)).toContain(problem.code);
    expect(problem.what).toMatch(/^\S.*[.:]$|^\S.*\.\s*\S/s);
    expect("received" in problem || problem.accepted !== undefined || problem.code !== "INVALID_PARAMETER_VALUE").toBe(
      true,
    );
    expect(problem.accepted ?? "something").toMatch(/^\S.*[^.\s]$/s);
    expect(problem.hint).toMatch(/^\S.*\S$/);
    expect(new TrackbookError(problem).message).toContain(`Hint: ${problem.hint} [${problem.code}]`);
  });

  test("names only calls and commands that exist", () => {
    expect(callsIn(problem.hint).filter((name) => !CALLS.has(name))).toEqual([]);
    expect(commandsIn(problem.hint).filter((command) => !COMMAND_LINES.has(command))).toEqual([]);
    expect((problem.hint.match(/--[a-z-]+/g) ?? []).filter((flag) => !FLAGS.has(flag))).toEqual([]);
  });

  test("names commands and no calls at the command line, where it has a word for that", () => {
    const { commandHint = "" } = problem;
    expect(callsIn(commandHint)).toEqual([]);
    expect(commandsIn(commandHint).filter((command) => !COMMAND_LINES.has(command))).toEqual([]);
    expect((commandHint.match(/--[a-z-]+/g) ?? []).filter((flag) => flag !== "--help" && !FLAGS.has(flag))).toEqual([]);
  });
});

test("no two files have a message of the same name", () => {
  const names = readdirSync(FOLDER).flatMap((file) =>
    Array.from(readFileSync(join(FOLDER, file), "utf8").matchAll(/^ {2}(\w+): \(/gm), ([, name]) => name as string),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.sort()).toEqual(Object.keys(messages).sort());
});

test("wrong names get the nearest right one", () => {
  const hintOf = (...[name, index]: readonly [keyof typeof MESSAGE_SAMPLES, number]) =>
    (messages[name] as (...args: readonly unknown[]) => Problem)(...(MESSAGE_SAMPLES[name][index] as [])).hint;
  expect(hintOf("keyCharacters", 0)).toBe('did you mean "a_b_"?');
  expect(hintOf("keyNotNormalised", 0)).toBe('did you mean "a/b"?');
  expect(hintOf("badModelName", 0)).toBe('did you mean "a_b"?');
  expect(hintOf("badArtifactPath", 0)).toBe('did you mean "notes.md"?');
  expect(hintOf("fileEnding", 0)).toBe('did you mean "table.json"?');
  expect(hintOf("fileEnding", 1)).toBe('did you mean "table.json"?');
  expect(hintOf("badStatus", 0)).toBe('did you mean "FINISHED"?');
});

/** What a hint may tell people to call. */
const CALLS: ReadonlySet<string> = new Set([
  ...Object.keys(trackbook),
  ...Object.keys(notebook),
  ...methodsOf(trackbook.TrackingClient.prototype),
  ...methodsOf(trackbook.ActiveRun.prototype),
  // JavaScript's own, TensorFlow.js' and the example's.
  ...["String", "stringify", "now", "getTime", "fromEntries", "cwd", "array", "squeeze", "Number"],
  // Python's.
  ...["load_model", "register_prompt"],
]);

const callsIn = (hint: string): readonly string[] =>
  Array.from(hint.matchAll(/(\w+)\(/g), ([, name]) => name as string);

const WORDS = completionWords(COMMANDS);
const COMMAND_LINES: ReadonlySet<string> = new Set(WORDS.map(({ path }) => path));
const FLAGS: ReadonlySet<string> = new Set([
  ...WORDS.flatMap(({ words }) => words.map(({ word }) => word)),
  // Of Python's command.
  "--artifact-uri",
  // To come with `trackbook models serve`.
  ...["--port", "--host", "--timeout", "--workers", "--body-limit"],
]);

const commandsIn = (hint: string): readonly string[] =>
  Array.from(
    hint.matchAll(/trackbook ((?:runs|experiments|artifacts) [\w-]+|\w+)/g),
    ([, command]) => command as string,
  );

function methodsOf(prototype: object): readonly string[] {
  const names = Object.getOwnPropertyNames(prototype);
  const parent = Object.getPrototypeOf(prototype) as object;
  return parent === Object.prototype ? names : [...names, ...methodsOf(parent)];
}
