import { InvalidInputError, messages, nearest, validateRecord } from "../../core";
import { isMissing, showColumnType } from "../table";
import type { ParamSpec } from "../signature";
import { acceptedBy, misfitOf } from "./fit";

/**
 * The params of a prediction: what was given, looked at, and the signature's defaults for the rest.
 *
 * @param specs `undefined` where there is no signature: then params are taken as they are
 * @throws InvalidInputError for a param that the signature does not have, saying which was perhaps meant, and for a value of another type.
 */
export function enforceParams(
  specs: readonly ParamSpec[] | undefined,
  given: unknown,
): Readonly<Record<string, unknown>> {
  if (given === undefined && (!specs || specs.length === 0)) return NO_PARAMS;
  const params = given ?? {};
  validateRecord("The params of predict", params);
  if (!specs) return params;
  const names = specs.map(({ name }) => name);
  for (const name of Object.keys(params)) {
    if (!names.includes(name)) throw new InvalidInputError(messages.unknownParam(name, names, nearest(name, names)));
  }
  return Object.fromEntries(specs.map((spec) => [spec.name, enforceParam(spec, params)]));
}

const NO_PARAMS: Readonly<Record<string, unknown>> = Object.freeze({});

function enforceParam(
  { name, type, shape, default: value }: ParamSpec,
  given: Readonly<Record<string, unknown>>,
): unknown {
  const param = Object.hasOwn(given, name) ? given[name] : undefined;
  if (param === undefined) return value;
  // As MLflow has it, any single value may be none.
  if (isMissing(param) && shape === null) return null;
  const misfit = misfitOf(param, shape ? { type: "array", items: type } : type);
  if (!misfit) return param;
  const accepted =
    misfit.path === ""
      ? `${shape ? showColumnType({ type: "array", items: type }) : acceptedBy(type)}`
      : misfit.accepted;
  throw new InvalidInputError(messages.unfitParam(name, misfit.value, accepted, misfit.path));
}
