import { InvalidInputError, messages } from "../core";
import type { Flavor, ModelSnapshot } from "../models";
import type { CollectedCode } from "../models/code";

/** What collects code, loaded when there is some. */
const requireCode = () => require("../models/code") as typeof import("../models/code");

/** The model's state and the code that goes with it, both as they are at the call. */
export function takeSnapshot(
  flavor: Flavor,
  model: object,
  codePaths: readonly string[] = [],
): ModelSnapshot | Promise<ModelSnapshot> {
  requireCodePaths(codePaths);
  const pending = flavor.snapshot(model, { codePaths });
  if (codePaths.length === 0) return pending;
  const { collectCode } = requireCode();
  if (!(pending instanceof Promise))
    return keepsCode(pending) ? pending : withCode(pending, collectCode({ codePaths }));
  const code = collectCode({ codePaths });
  return pending.then((snapshot) => (keepsCode(snapshot) ? snapshot : withCode(snapshot, code)));
}

/** @throws INVALID_PARAMETER_VALUE */
export function requireCodePaths(codePaths: unknown = []): asserts codePaths is readonly string[] | undefined {
  if (!Array.isArray(codePaths) || !codePaths.every((path) => typeof path === "string" && path !== ""))
    throw new InvalidInputError(
      messages.wrongType(
        "The codePaths of a model",
        codePaths,
        "a list of paths",
        'codePaths: ["./layers.cjs"] is right.',
      ),
    );
}

const keepsCode = ({ config }: ModelSnapshot): boolean => config.code !== undefined;

function withCode(snapshot: ModelSnapshot, { files, modules }: CollectedCode): ModelSnapshot {
  const { CODE_FOLDER } = requireCode();
  const config = { ...snapshot.config, code: CODE_FOLDER, ...(modules.length > 0 && { code_modules: modules }) };
  return { ...snapshot, files: [...snapshot.files, ...files], config };
}
