import type { Command, CommandEntry, CommandGroup } from "../command";
import { COMMON_OPTIONS, JSON_OPTIONS } from "../options";

/** What can follow some words of a command line. */
export interface CompletionWords {
  /** The words before: `runs list`; nothing for the start. */
  readonly path: string;
  readonly words: readonly CompletionWord[];
}

/** A word that can be put. */
export interface CompletionWord {
  readonly word: string;
  readonly description: string;
}

/** Every command, group and option, from the same declarations as the help. */
export function completionWords(commands: readonly (CommandGroup | CommandEntry)[]): CompletionWords[] {
  const start = { path: "", words: commands.map(commandWord) };
  return [start, ...commands.flatMap((entry) => ("commands" in entry ? groupWords(entry) : leafWords("", entry)))];
}

function groupWords({ name, commands }: { name: string; commands: readonly CommandEntry[] }): CompletionWords[] {
  return [
    { path: name, words: commands.map(commandWord) },
    ...commands.flatMap((entry) => leafWords(`${name} `, entry)),
  ];
}

function leafWords(before: string, { name, load }: CommandEntry): CompletionWords[] {
  const command = load();
  return [{ path: `${before}${name}`, words: [...argumentWords(command), ...optionWords(command)] }];
}

const commandWord = ({ name, summary }: { name: string; summary: string }): CompletionWord => ({
  word: name,
  description: summary,
});

const argumentWords = ({ argument }: Command): CompletionWord[] =>
  (argument?.choices ?? []).map((choice) => ({ word: choice, description: argument?.description ?? "" }));

function optionWords({ options, isListing }: Command): CompletionWord[] {
  const all = [...options, ...(isListing ? JSON_OPTIONS : []), ...COMMON_OPTIONS];
  const words = all.map(({ flags, description }) => ({ word: /--[\w-]+/.exec(flags)?.[0] ?? flags, description }));
  return [...words, { word: "--help", description: "show this help" }];
}
