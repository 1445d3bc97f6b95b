import type { CommandOption } from "./command";

/** What every command takes. */
export const COMMON_OPTIONS: readonly CommandOption[] = [
  { flags: "--tracking-uri <uri>", description: "default: MLFLOW_TRACKING_URI, else ./mlruns" },
  { flags: "--quiet", description: "print data only" },
  { flags: "--no-color", description: "no colours" },
];

/** The forms that every listing can be had in. */
export const JSON_OPTIONS: readonly CommandOption[] = [
  { flags: "--json", description: "print JSON" },
  { flags: "--csv", description: "print CSV" },
];
