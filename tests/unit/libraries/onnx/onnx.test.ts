import { expect, test } from "vitest";
import { loadModel } from "../../../../src/libraries";
import { temporaryFolder } from "../../../support/temporary-folder";
import { writeFiles } from "../../../support/write-files";

test("a model that only ONNX's runtime can ask says which command brings that, scripts of its own left out", async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    MLmodel: "flavors:\n  onnx:\n    data: model.onnx\n    onnx_version: 1.23.2\n",
    "model.onnx": "",
  });
  await expect(loadModel(folder)).rejects.toMatchObject({
    code: "MISSING_PACKAGE",
    hint: expect.stringContaining("npm install --ignore-scripts onnxruntime-node installs it"),
  });
});
