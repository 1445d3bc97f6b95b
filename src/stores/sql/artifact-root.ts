import { resolve } from "node:path";
import { hasScheme } from "../../core";

/** The place of artifacts as experiments note it: a path as an absolute one, a URI as it is. */
export const absoluteRoot = (root: string): string => (hasScheme(root) ? root : resolve(root));
