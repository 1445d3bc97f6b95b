import { InvalidInputError, messages } from "../../core";

const AGE = /^(?:([\d.]+)d)?(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?$/;
const UNITS = [86_400e3, 3_600e3, 60e3, 1e3] as const;

/** A span of time as `mlflow gc --older-than` has it, in milliseconds: `1d2h3m4s`. @throws INVALID_PARAMETER_VALUE */
export function readAge(text: string): number {
  const parts = AGE.exec(text)?.slice(1) ?? [];
  const total = UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0);
  if (parts.every((part) => part === undefined) || Number.isNaN(total))
    throw new InvalidInputError(messages.badAge(text));
  return Math.trunc(total);
}
