const { createHash } = require("node:crypto");
const Module = require("node:module");
const { types } = require("node:util");

/** What is looked at besides the libraries: everything that a hook might have changed. */
const COMMON = {
  "Module._extensions": Module._extensions,
  "Module._load": Module._load,
  "Module._resolveFilename": Module._resolveFilename,
  "Module.prototype": Module.prototype,
  Error,
  "Object.prototype": Object.prototype,
  "Function.prototype": Function.prototype,
  "Promise.prototype": Promise.prototype,
};

/**
 * Every property reachable from these exports, as text by path: its flags, and of its value what it is and, where it was seen before, under which path. Equal
 * in two processes when nobody has changed anything.
 */
exports.describeAll = (libraries) => {
  const seen = new Map();
  const found = {};
  const queue = Object.entries({ ...COMMON, ...libraries });

  const describe = (path, value) => {
    if (typeof value === "symbol") return String(value);
    if (value === null || (typeof value !== "object" && typeof value !== "function")) return typeof value;
    if (seen.has(value)) return `as ${seen.get(value)}`;
    seen.set(value, path);
    const isPlain = typeof value === "object" && [null, Object.prototype].includes(Object.getPrototypeOf(value));
    const isPrototype = Object.hasOwn(value, "constructor");
    if (typeof value === "function" || isPlain || isPrototype) queue.push([path, value]);
    if (typeof value !== "function") return `${types.isProxy(value) ? "proxy of " : ""}object`;
    const source = createHash("sha256").update(Function.prototype.toString.call(value)).digest("hex").slice(0, 8);
    return `${types.isProxy(value) ? "proxy of " : ""}function ${value.name}/${value.length} ${source}`;
  };

  for (const [path, value] of queue) seen.set(value, path);
  for (let index = 0; index < queue.length; index++) {
    const [path, value] = queue[index];
    found[path] =
      `${types.isProxy(value) ? "proxy" : typeof value} < ${describe(`${path}<`, Object.getPrototypeOf(value))}`;
    for (const key of Reflect.ownKeys(value)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key);
      const { writable, enumerable, configurable, get, set } = descriptor;
      const at = `${path}.${String(key)}`;
      const flags = [writable && "w", enumerable && "e", configurable && "c"].filter(Boolean).join("");
      const what =
        get || set ? `${describe(`${at}.get`, get)} ${describe(`${at}.set`, set)}` : describe(at, descriptor.value);
      found[at] = `${flags} ${what}`;
      // The exports of a library may be getters of another one's.
      if (get && path in libraries) found[`${at}()`] = describe(`${at}()`, value[key]);
    }
  }
  return found;
};
