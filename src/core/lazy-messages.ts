import type { messages as all } from "./messages";

type Messages = typeof all;

const load = (): Messages => (require("./messages") as typeof import("./messages")).messages;

/** Every message that trackbook's errors carry, loaded by the first error and not by `import "trackbook"`. */
export const messages: Messages = new Proxy({} as Messages, {
  get: (_, name) => Reflect.get(load(), name) as unknown,
  has: (_, name) => Reflect.has(load(), name),
  ownKeys: () => Reflect.ownKeys(load()),
  getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(load(), name),
});
