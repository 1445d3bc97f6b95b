import { resolve } from "node:path";

/**
 * The absolute path in a SQLite URI as SQLAlchemy writes it, `undefined` for any other URI. `sqlite:///x.db` is relative and
 * `sqlite:////tmp/x.db` absolute; a driver in the scheme and what stands behind a `?` are SQLAlchemy's.
 */
export function sqlitePath(uri: string): string | undefined {
  const path = /^sqlite(?:\+\w+)?:\/\/\/([^?]+)/i.exec(uri)?.[1];
  return path === undefined || path === ":memory:" ? undefined : resolve(path);
}
