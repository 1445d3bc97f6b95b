import type { Session } from "./session";

/** An option of a command. Names and defaults are MLflow's where MLflow has the command. */
export interface CommandOption {
  /** As commander reads it: `-x, --experiment-id <id>`. */
  readonly flags: string;
  readonly description: string;
  /** The environment variable that stands for it when it is not given. */
  readonly env?: string;
  /** Left out of the help: few need it. @default false */
  readonly isSeldom?: boolean;
  /** As somebody would type it. */
  readonly default?: string;
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
  /** May be given several times: the values become an array. */
  readonly isRepeatable?: boolean;
  /** The value of a text. @throws TrackbookError for one that is none: a usage error */
  readonly parse?: (text: string) => unknown;
}

/** An argument that stands by itself. */
export interface CommandArgument {
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** @default false */
  readonly isOptional?: boolean;
}

/** What every command takes. */
export interface CommonOptions {
  readonly trackingUri?: string;
  readonly quiet?: boolean;
}

/** What every listing takes besides. */
export interface ListingOptions extends CommonOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** What one command takes and does. `Options` are its own, by their camelCase names. */
export interface Command<Options extends object = object> {
  readonly argument?: CommandArgument;
  readonly options: readonly CommandOption[];
  /** Options of which one must be given, and no two. */
  readonly oneOf?: readonly string[];
  /** Options of which no two may be given. */
  readonly atMostOneOf?: readonly string[];
  /** True when it answers rows: `--json` and `--csv` are added. */
  readonly isListing?: boolean;
  /** True when the variables that stand for its options are not in the help. */
  readonly hidesVariables?: boolean;
  /** The form of its data, and what else one must know, in a few short lines of the help. */
  readonly notes?: string;
  /** Without the leading `trackbook`. */
  readonly examples: readonly string[];
  /**
   * Does it. Data goes to `session.print`, talk to `session.say`. Answers the exit code when that is not 0; what it throws is
   * told on stderr with exit code 1.
   */
  run(options: Options & CommonOptions, session: Session): Promise<number> | Promise<void>;
}

/** A command's name in the catalogue; its module is loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Left out of the list of commands: another name of one that is there. @default false */
  readonly isOtherName?: boolean;
  readonly load: () => Command;
}

/** Commands under one name: `trackbook runs list`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
}
