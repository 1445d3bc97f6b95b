import { InvalidInputError, messages, validateOptions } from "../../core";
import { shippedText } from "../../core/disk";
import type { Flavor, ModelSnapshot, SnapshotOptions } from "../../models";
import { CODE_FOLDER, collectCode } from "../../models/code";
import { keepArtifacts, localPath } from "./artifacts";
import { findExport } from "./exported-function";
import { isFunctionModel } from "./function-model";
import { predictor } from "./predictor";

/** A module of the user's own, with all that it imports, in `code/`, and its artifacts in `artifacts/`. */
export const flavor: Flavor = { name: "function", recognises, snapshot, predictor };

function recognises(model: unknown): boolean {
  return typeof model === "function" || isFunctionModel(model);
}

function snapshot(model: object, { codePaths }: SnapshotOptions = { codePaths: [] }): ModelSnapshot {
  const given = isFunctionModel(model) ? model : findExport(model);
  validateOptions("a function model", given, ["module", "export", "artifacts"]);
  const { export: name, artifacts } = given;
  if (name !== undefined && (typeof name !== "string" || name === ""))
    throw new InvalidInputError(
      messages.wrongType(
        "The export of a function model",
        name,
        "a name",
        "leave it out for predict, or the default export.",
      ),
    );
  const file = localPath("The module of a function model", given.module);
  const { files, entry, packages } = collectCode({ entry: file, codePaths });
  const kept = keepArtifacts(artifacts);
  return {
    files: [...files, ...kept.files],
    predictorCode: shippedText(__dirname, "predictor.js"),
    config: {
      module: entry,
      ...(name !== undefined && { export: name }),
      code: CODE_FOLDER,
      ...(artifacts !== undefined && { artifacts: kept.paths }),
    },
    packages,
    importedBy: file,
  };
}
