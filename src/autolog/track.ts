import { InvalidInputError, messages } from "../core";
import type { TrainingPlan } from "../libraries";
import { isWrapper, wrapClass, wrapFunction } from "./hooks";
import { isRecorded, recordTraining } from "./recording";
import { trackedFunctions } from "./tracked-functions";

type Callable = (...args: never[]) => unknown;
type Class = new (...args: never[]) => object;

/**
 * Records what autolog has no hook for: a training function, a class that trains in its constructor, or all of these in a namespace. Returns a
 * wrapper of the same kind to use in its place; the original is untouched. Each call is one training: its arguments that are numbers, texts, flags or plain objects
 * of these are params, the first array, matrix or tensor is the data, numbers in a plain result are metrics. Active while autolog is;
 * `autolog({ function: false })` turns it off.
 *
 * @throws INVALID_PARAMETER_VALUE for what is neither a function nor an object of functions
 * @example
 * import * as kmeansModule from "ml-kmeans";
 * const { kmeans } = track(kmeansModule);
 */
export function track<T extends object>(target: T): T {
  if (typeof target === "function") return isWrapper(target) ? target : (trackOne(target as Callable) as unknown as T);
  if (target === null || typeof target !== "object")
    throw new InvalidInputError(
      messages.wrongType(
        "The target of track",
        target,
        "a function, a class, or an object of these",
        "const fit = track(train) is a call that is right.",
      ),
    );
  return Object.fromEntries(
    Object.entries(target).map(([key, value]) => [key, typeof value === "function" ? track(value) : value]),
  ) as T;
}

function trackOne(original: Callable): Callable {
  const name = original.name || "anonymous";
  const caught = (args: readonly unknown[], method: string) => ({
    integration: trackedFunctions,
    begin: () => planOf(name, args),
    library: undefined,
    libraryVersion: undefined,
    estimator: name,
    method,
    self: undefined,
    args,
    lost: [],
  });
  const record = (args: readonly unknown[], method: string, run: (args: readonly unknown[]) => unknown) =>
    isRecorded(trackedFunctions.name) ? recordTraining(caught(args, method), run) : run(args);
  const construct = (args: readonly unknown[], _newTarget: object, create: (args: readonly unknown[]) => object) =>
    record(args, "constructor", create) as object;
  if (isClass(original)) return wrapClass(original as unknown as Class, construct) as unknown as Callable;
  const call = (self: unknown, args: readonly unknown[]) =>
    record(args, name, (given) => Reflect.apply(original, self, given as never[]));
  // Before ES2015 classes were functions, which only `new` tells apart.
  return wrapFunction(original, call, construct);
}

const isClass = (value: Callable): boolean => /^class\b/.test(Function.prototype.toString.call(value));

function planOf(name: string, args: readonly unknown[]): TrainingPlan {
  const data = args.find((value) => typeof value === "object" && value !== null && !isPlain(value));
  return {
    estimatorName: name,
    params: Object.assign({}, ...args.map((value, index) => paramsOf(value, `arg${index}`))),
    data: data === undefined ? [] : [{ context: "train", data }],
    finish: ({ result }) => ({ metrics: numbersOf(result) }),
  };
}

function paramsOf(value: unknown, name: string): Record<string, unknown> {
  if (isScalar(value)) return { [name]: value };
  if (!isPlain(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => isScalar(inner) || isPlain(inner)));
}

function numbersOf(result: unknown): Record<string, number> {
  if (typeof result === "number") return { result };
  if (result === null || typeof result !== "object") return {};
  return Object.fromEntries(
    Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

const isScalar = (value: unknown): boolean => ["number", "string", "boolean", "bigint"].includes(typeof value);

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
