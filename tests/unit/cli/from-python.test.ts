import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { fromPython } from "../../../src/cli/demo/from-python";

const here = (name: string) => join(process.cwd(), name);

test.each([
  [pathToFileURL(here("mlruns")).href, "MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ./mlruns"],
  ["file:///data/my%20runs", 'MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri "/data/my runs"'],
  [`sqlite:///${here("mlflow.db")}`, "mlflow ui --backend-store-uri sqlite:///mlflow.db"],
  ["sqlite:////data/mlflow.db", "mlflow ui --backend-store-uri sqlite:////data/mlflow.db"],
  ["postgresql://me:secret@host/runs", "mlflow ui --backend-store-uri postgresql://host/runs"],
  ["http://me:secret@host:5000", 'mlflow.set_tracking_uri("http://host:5000")'],
])("the runs of %s are looked at by Python as %s", (uri, words) => {
  expect(fromPython(uri)).toBe(words);
});
