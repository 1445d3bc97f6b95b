/** What of a run was not kept, and how often. */
export type Lost = Map<string, number>;

/** So many different things are counted of a run … */
const MAX_COUNTED = 100;
/** … and so many named. */
const MAX_NAMED = 10;

/** Counts one more thing that was lost. */
export function noteLost(lost: Lost, what: string, count: number): void {
  if (lost.has(what) || lost.size < MAX_COUNTED) lost.set(what, (lost.get(what) ?? 0) + count);
}

/** All of it in one line; `undefined` for nothing, and for a single thing, of which a warning has told already. */
export function lostText(lost: Lost): string | undefined {
  const entries = [...lost];
  if (entries.reduce((sum, [, count]) => sum + count, 0) < 2) return undefined;
  const named = entries
    .slice(0, MAX_NAMED)
    .map(([what, count]) => (count === 1 ? what : `${what} (${count.toLocaleString("en")} times)`));
  const others = entries.length - named.length;
  return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join(", ");
}
