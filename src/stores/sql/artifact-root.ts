import { resolve } from "node:path";

/** The place of artifacts as experiments note it: a path as an absolute one, a URI as it is. */
export const absoluteRoot = (root: string): string => (/^[a-z][a-z0-9+.-]+:/i.test(root) ? root : resolve(root));
