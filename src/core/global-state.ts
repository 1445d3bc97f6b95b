const KEY = Symbol.for("trackbook");
const VERSION = 1;

/**
 * State that must exist once in a process even when two copies of trackbook are installed: the patches, the active
 * runs, the warnings given. Each slot is made by whoever asks first and shared by all later copies of the same version.
 */
export function globalSlot<T>(name: string, create: () => T): T {
  const holder = globalThis as { [KEY]?: Record<string, Record<string, unknown>> };
  holder[KEY] ??= {};
  holder[KEY][`v${VERSION}`] ??= {};
  const slots = holder[KEY][`v${VERSION}`] as Record<string, unknown>;
  slots[name] ??= create();
  return slots[name] as T;
}
