import type { Command as Commander } from "commander";
import type { Command } from "./command";

/** Ends with a usage error where options were given that exclude each other, or none of those of which one is needed. */
export function checkExclusions(commander: Commander, command: Command): void {
  const { oneOf = [], atMostOneOf = [], isListing = false } = command;
  const groups = [oneOf, atMostOneOf, isListing ? ["json", "csv"] : []];
  for (const names of groups) {
    const given = names.filter((name) => commander.getOptionValueSource(name) === "cli");
    if (given.length > 1) commander.error(`error: ${flagsOf(commander, given).join(" and ")} exclude each other`);
  }
  if (oneOf.length > 0 && !oneOf.some((name) => commander.getOptionValue(name) !== undefined))
    commander.error(`error: give ${flagsOf(commander, oneOf).join(" or ")}`);
}

function flagsOf(commander: Commander, names: readonly string[]): string[] {
  return commander.options
    .filter((option) => names.includes(option.attributeName()))
    .map(({ long, flags }) => long ?? flags);
}
