import { messages } from "../../../core";
import type { ModelSignature, ParamSpec } from "../../../models";
import { type Cast, CastFault, nestedCast, toDatetime } from "../casts";
import { RefusedRequest } from "../../refused-request";
import { isJsonObject } from "../request";

/**
 * The params that the signature names, with its defaults for those that were not sent. Others are left out; of a model without params
 * all are. (mlflow/models/utils.py, _enforce_params_schema.)
 *
 * @throws RefusedRequest for a value of the wrong type
 */
export function paramsOf(signature: ModelSignature | undefined, given: unknown): Readonly<Record<string, unknown>> {
  const specs = signature?.params;
  if (!specs) return {};
  const params = given ?? {};
  if (!isJsonObject(params)) throw new RefusedRequest(messages.badParams(params));
  return Object.fromEntries(
    specs.map((spec) => {
      const { name } = spec;
      return [name, Object.hasOwn(params, name) ? paramValue(spec, params[name]) : spec.default];
    }),
  );
}

function paramValue(spec: ParamSpec, value: unknown): unknown {
  try {
    if (spec.shape === null) return value === null ? null : castOf(spec)(value);
    if (!Array.isArray(value)) throw new CastFault("it is no list");
    return value.map(castOf(spec));
  } catch (cause) {
    if (!(cause instanceof CastFault)) throw cause;
    const accepted = `${spec.type.type}${spec.shape ? "[]" : ""}`;
    throw new RefusedRequest(messages.badParam(spec.name, value, accepted), { cause });
  }
}

/** Only integers become numbers with a fraction: a text is no number, and true is none. */
function castOf({ type }: ParamSpec): Cast {
  if (type.type === "double" || type.type === "float") return toNumber;
  return type.type === "datetime" ? toTime : nestedCast(type, true);
}

const toNumber: Cast = (value) => {
  if (typeof value !== "number" && typeof value !== "bigint") throw new CastFault("it is no number");
  return Number(value);
};

const toTime: Cast = (value) => {
  if (typeof value !== "string") throw new CastFault("it is no date");
  return toDatetime(value);
};
