import { join } from "node:path";
import { modelFolderFiles, type ModelSignature, saveModelFolder } from "../../../src/models";

/** A model whose predictor is this code: the bodies of `restore(source)` and `predict(model, input, params)`. */
export interface Script {
  readonly restore?: string;
  readonly predict: string;
  /** Fields of the predictor beside these. */
  readonly more?: string;
  readonly signature?: ModelSignature;
}

/** Saves it as MLflow has models, in a new folder below `root`. */
export async function saveScripted(root: string, name: string, script: Script): Promise<string> {
  const { restore = "return {};", predict, more = "", signature } = script;
  const predictorCode = `"use strict";
exports.predictor = {
  ${more}
  async restore(source) { ${restore} },
  async predict(model, input, params) { ${predict} },
};
`;
  const folder = join(root, name);
  const files = modelFolderFiles(
    { files: [{ path: "model.txt", bytes: "" }], config: { data: "model.txt" }, predictorCode },
    { flavor: "scripted", signature, utcTime: 0 },
  );
  await saveModelFolder(folder, files);
  return folder;
}

/** For `predict`: the numbers of the first part, as a list. */
export const FIRST = "Array.from((input.columns ?? input.tensors)[0].values, Number)";
