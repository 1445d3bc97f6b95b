import { InvalidInputError, messages, nearest } from "../../core";

interface Spec {
  readonly name?: string;
  /** @default true */
  readonly required?: boolean;
}

interface Named {
  readonly name?: string;
}

/**
 * For each input of a signature what came for it: by name where inputs have names, else by position; what belongs to none is left
 * out. `undefined` for an optional one that did not come.
 *
 * @param accepted gives the signature in words
 * @throws InvalidInputError when one is missing, saying which name was perhaps meant
 */
export function chooseInputs<T extends Named>(
  specs: readonly Spec[],
  came: readonly T[],
  accepted: () => string,
): readonly (T | undefined)[] {
  if (specs[0]?.name === undefined) return byPosition(specs, came, accepted);
  if (specs.length === 1 && came.length === 1 && came[0]?.name === undefined) return came;
  if (came.every(({ name }) => name === undefined)) throw unnamed(came.length, accepted);
  return byName(specs, came, accepted);
}

const unnamed = (count: number, accepted: () => string): InvalidInputError =>
  new InvalidInputError(
    messages.unnamedForNamed(count === 1 ? "one input" : `${count} inputs by position`, accepted()),
  );

function byPosition<T>(specs: readonly Spec[], came: readonly T[], accepted: () => string): readonly (T | undefined)[] {
  const lacks = specs.slice(came.length).some(({ required = true }) => required);
  if (lacks) throw new InvalidInputError(messages.fewerInputs(came.length, specs.length, accepted()));
  return specs.map((_, index) => came[index]);
}

function byName<T extends Named>(
  specs: readonly Spec[],
  came: readonly T[],
  accepted: () => string,
): readonly (T | undefined)[] {
  const byItsName = new Map(came.map((input) => [input.name, input] as const));
  const missing = specs.filter(({ name, required = true }) => required && !byItsName.has(name));
  if (missing.length > 0) throw lacking(namesOf(missing), namesOf(specs), namesOf(came), accepted);
  return specs.map(({ name }) => byItsName.get(name));
}

const namesOf = (inputs: readonly Named[]): readonly string[] => inputs.flatMap(({ name }) => name ?? []);

function lacking(
  missing: readonly string[],
  known: readonly string[],
  came: readonly string[],
  accepted: () => string,
): InvalidInputError {
  const extra = came.filter((name) => !known.includes(name));
  const meant = missing.flatMap((name) => {
    const near = nearest(name, extra);
    return near === undefined ? [] : [[near, name] as const];
  });
  return new InvalidInputError(messages.missingColumns(missing, came, accepted(), meant));
}
