import { isNormalisedPath, LIMITS } from "../../core";

const FORBIDDEN = /[^\p{L}\p{N}\p{M}_\-. :/]/gu;

/** A library's name of a param or metric as MLflow can keep it, under a training's suffix. */
export function recordedName(name: string, suffix: string): string {
  const allowed = name.replace(FORBIDDEN, "_").slice(0, LIMITS.keyLength - suffix.length);
  return (isNormalisedPath(allowed) ? allowed : allowed.replace(/\/|^\.{0,2}$/g, "_")) + suffix;
}
