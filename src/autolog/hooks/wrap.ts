import { globalSlot } from "../../core";

/** Takes a patch off again, if nobody has patched over it since. */
export type Undo = () => void;

/** Our wrappers, by what they wrap: asking again gives the same one, and a wrapper is known as one. */
const wrappers = globalSlot("wrappers", () => new WeakMap<object, object>());
const originals = globalSlot("originals", () => new WeakMap<object, object>());

type Constructor = new (...args: never[]) => object;

/** What is done in place of a construction; `create` makes the object. */
type Construct = (args: readonly unknown[], newTarget: object, create: (args: readonly unknown[]) => object) => object;

export const isWrapper = (value: object): boolean => originals.has(value);

export const wrapperOf = (original: unknown): object | undefined =>
  isObject(original) ? wrappers.get(original) : undefined;

export const originalOf = <T>(value: T): T =>
  isObject(value) ? ((originals.get(value) as T | undefined) ?? value) : value;

/**
 * A class that hands each construction to `construct`: the same prototype, statics, name and length; `instanceof`, subclassing and `new.target` as
 * before. One wrapper for each class.
 */
export function wrapClass<C extends Constructor>(original: C, construct: Construct): C {
  const known = wrappers.get(original);
  if (known) return known as C;
  const wrapper: C = new Proxy<C>(original, { construct: constructTrap(construct, () => wrapper) });
  remember(original, wrapper);
  return wrapper;
}

/**
 * A function that hands each call to `call`, and each construction to `construct` (without it: to the original): the same name, length and
 * properties.
 */
export function wrapFunction<F extends (...args: never[]) => unknown>(
  original: F,
  call: (self: unknown, args: readonly unknown[], original: F) => unknown,
  construct?: Construct,
): F {
  const wrapper: F = new Proxy<F>(original, {
    apply: (target, self, args) => call(self, args, target),
    ...(construct && { construct: constructTrap(construct, () => wrapper) }),
  });
  originals.set(wrapper, original);
  return wrapper;
}

/** Asked for the wrapper itself, it makes an object of the original's own; asked for a subclass, one of that. */
function constructTrap(construct: Construct, wrapper: () => object) {
  return (target: object, args: unknown[], newTarget: object): object => {
    const made = (newTarget === wrapper() ? target : newTarget) as Constructor;
    return construct(args, made, (given) => Reflect.construct(target as Constructor, given as never[], made));
  };
}

/** A function or class that tells of each call and construction before it is made, and changes nothing. */
export function wrapCalls<F extends (...args: never[]) => unknown>(
  original: F,
  called: (args: readonly unknown[]) => void,
): F {
  const wrapper: F = new Proxy(original, {
    apply(target, self, args): unknown {
      called(args);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, newTarget): object {
      called(args);
      return Reflect.construct(target, args, newTarget === wrapper ? target : newTarget);
    },
  });
  originals.set(wrapper, original);
  return wrapper;
}

/** Puts `make(old)` in the place of an own property, its flags as they were. Nothing when it cannot be, or is ours already. */
export function replaceProperty(owner: object, key: PropertyKey, make: (old: unknown) => unknown): Undo | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key);
  if (!descriptor || !("value" in descriptor) || (!descriptor.writable && !descriptor.configurable)) return undefined;
  if (isObject(descriptor.value) && isWrapper(descriptor.value)) return undefined;
  const value = make(descriptor.value);
  if (value === descriptor.value) return undefined;
  Object.defineProperty(owner, key, { ...descriptor, value });
  return () => {
    if (Object.getOwnPropertyDescriptor(owner, key)?.value === value) Object.defineProperty(owner, key, descriptor);
  };
}

/** Puts the original back where an own property holds a wrapper of ours. */
export function unwrapProperty(owner: object, key: PropertyKey): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key);
  const value: unknown = descriptor?.value;
  if (isObject(value) && isWrapper(value))
    Object.defineProperty(owner, key, { ...descriptor, value: originalOf(value) });
}

/** The object on the prototype chain of `start` that has `key` itself. */
export function ownerOf(start: object, key: PropertyKey): object | undefined {
  for (let object: object | null = start; object; object = Object.getPrototypeOf(object))
    if (Object.hasOwn(object, key)) return object;
  return undefined;
}

function remember(original: object, wrapper: object): void {
  wrappers.set(original, wrapper);
  wrappers.set(wrapper, wrapper);
  originals.set(wrapper, original);
}

export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";
