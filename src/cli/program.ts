import { Command as Commander, CommanderError, InvalidArgumentError, Option } from "commander";
import picocolors from "picocolors";
import { formatProblem, ignoreMode, TrackbookError } from "../core";
import { COMMANDS } from "./catalogue";
import type { Command, CommandEntry, CommandGroup, CommandOption, CommonOptions } from "./command";
import { COMMON_OPTIONS, JSON_OPTIONS } from "./options";
import { checkExclusions } from "./exclusions";
import { createSession } from "./session";
import { readVersion } from "./version";

/** Exit codes beside 0; an interrupted command exits with 130. */
const FAILURE = 1;
const USAGE_ERROR = 2;

const HELP_WIDTH = 80;
const EXAMPLE = "runs list --help";

/** Runs the command line and answers the exit code: 0, 1 when it failed, 2 when it was not understood. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  ignoreMode();
  const outcome = { code: 0 };
  try {
    await createProgram(outcome).parseAsync(withHelpLast(args), { from: "user" });
    return outcome.code;
  } catch (cause) {
    // What commander has already told: its help or version, or what it did not understand.
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : USAGE_ERROR;
    process.stderr.write(`${describeFailure(cause)}\n`);
    return FAILURE;
  }
}

function describeFailure(cause: unknown): string {
  if (!(cause instanceof Error)) return `error: ${String(cause)}`;
  if (process.env.DEBUG && cause.stack) return cause.stack;
  return `error: ${cause instanceof TrackbookError ? onCommandLine(cause) : cause.message}`;
}

/** Here a hint names a command, where there is one. */
function onCommandLine({ problem }: TrackbookError): string {
  return formatProblem({ ...problem, hint: problem.commandHint ?? problem.hint });
}

/** `help runs list` is `runs list --help`. */
function withHelpLast(args: readonly string[]): string[] {
  return args[0] === "help" ? [...args.slice(1), "--help"] : [...args];
}

function createProgram(outcome: { code: number }): Commander {
  const program = prepare(new Commander("trackbook"))
    .description("Experiment tracking in MLflow's format: look at, tidy and move what is there.")
    .version(readVersion(), "--version", "print the version")
    .option("--env-file <file>", "take environment variables from a file")
    .enablePositionalOptions();
  program.hook("preSubcommand", () => {
    const { envFile } = program.opts<{ envFile?: string }>();
    if (envFile !== undefined) process.loadEnvFile(envFile);
  });
  for (const entry of COMMANDS) {
    if ("commands" in entry) addGroup(program, entry, outcome);
    else addCommand(program, entry, outcome);
  }
  // Who reads this knows how to ask for help; without its line all of it fits a screen.
  return program
    .addHelpOption(new Option("--help").hideHelp())
    .addHelpText("after", `\nExample:\n  $ trackbook ${EXAMPLE}`);
}

function addGroup(program: Commander, { name, summary, commands }: CommandGroup, outcome: { code: number }): void {
  const group = prepare(program.command(name)).description(summary);
  for (const entry of commands) addCommand(group, entry, outcome);
}

/** Adds a command by its name; what it takes is declared when it is called, so that no other one is loaded. */
function addCommand(parent: Commander, entry: CommandEntry, outcome: { code: number }): void {
  const { name, summary, load, isOtherName = false } = entry;
  const commander = prepare(parent.command(name, { hidden: isOtherName })).description(summary);
  parent.hook("preSubcommand", (_, called) => {
    if (called === commander) declare(commander, load(), outcome);
  });
}

function prepare(commander: Commander): Commander {
  return commander.exitOverride().helpCommand(false).helpOption("--help", "show this help").configureHelp(HELP);
}

const HELP = { styleTitle: (text: string) => picocolors.createColors(true).bold(text) };

const withoutVariable = (description: string): string => description.replace(/ \(env: \w+\)$|, env: \w+(?=\)$)/, "");

function declare(commander: Commander, command: Command, outcome: { code: number }): void {
  const { argument, options, examples, notes, hidesVariables = false } = command;
  if (argument) commander.addArgument(createArgument(commander, argument));
  for (const option of options) commander.addOption(createOption(option));
  for (const option of command.isListing ? JSON_OPTIONS : []) commander.addOption(createOption(option));
  for (const option of COMMON_OPTIONS) commander.addOption(createOption(option));
  if (notes) commander.addHelpText("after", `\n${commander.createHelp().boxWrap(notes, HELP_WIDTH)}`);
  commander.addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ trackbook ${example}`).join("\n")}`);
  if (hidesVariables) commander.configureHelp({ ...HELP, styleOptionDescription: withoutVariable });
  commander.action(async () => {
    checkExclusions(commander, command);
    const given = { ...commander.opts<CommonOptions>(), ...(argument && { [argument.name]: commander.args[0] }) };
    if (given.trackingUri !== undefined) loadTracking().setTrackingUri(given.trackingUri);
    if (given.quiet) process.env.MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR = "false";
    const code = await command.run(given, createSession(given));
    if (typeof code === "number") outcome.code = code;
  });
}

const loadTracking = () => require("../tracking") as typeof import("../tracking");

function createArgument(
  commander: Commander,
  { name, description, choices, isOptional }: NonNullable<Command["argument"]>,
) {
  const argument = commander.createArgument(isOptional ? `[${name}]` : `<${name}>`, description);
  return choices ? argument.choices([...choices]) : argument;
}

function createOption({ flags, description, ...rest }: CommandOption): Option {
  const option = new Option(flags, description);
  if (rest.env) option.env(rest.env);
  if (rest.isSeldom) option.hideHelp();
  if (rest.default !== undefined) setDefault(option, rest.default, rest.parse);
  if (rest.choices) option.choices([...rest.choices]);
  if (rest.isRequired) option.makeOptionMandatory();
  const { parse = (text: string) => text, isRepeatable = false } = rest;
  if (rest.parse || isRepeatable)
    option.argParser((text, former: unknown) => {
      const value = parsed(parse, text);
      return isRepeatable ? [...((former as unknown[] | undefined) ?? []), value] : value;
    });
  return option;
}

/** The default goes the way of what is given; the help shows its text. */
function setDefault(option: Option, text: string, parse: CommandOption["parse"]): void {
  if (parse) option.default(parse(text), text);
  else option.default(text);
}

/** What is wrong with an option's value is a usage error. */
function parsed(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new InvalidArgumentError(cause instanceof Error ? cause.message : String(cause));
  }
}
