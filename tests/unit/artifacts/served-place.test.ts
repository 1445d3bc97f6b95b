import { describe, expect, test } from "vitest";
import { servedPlace } from "../../../src/artifacts";

describe("the place of what a server keeps", () => {
  test.each([
    ["mlflow-artifacts:/1/run/artifacts", "/srv/artifacts", "/srv/artifacts/1/run/artifacts"],
    ["mlflow-artifacts://host:5000/1", "s3://bucket/all/", "s3://bucket/all/1"],
    ["mlflow-artifacts:/", "/srv", "/srv/"],
    ["/elsewhere/1", "/srv", "/elsewhere/1"],
    ["mlflow-artifacts:/1", undefined, "mlflow-artifacts:/1"],
  ])("%s kept below %s", (uri, destination, place) => {
    expect(servedPlace(uri, destination)).toBe(place);
  });

  test.each([
    "mlflow-artifacts:/../secret",
    "mlflow-artifacts:/1/../../secret",
    "mlflow-artifacts:/1\\..\\..",
    "mlflow-artifacts:/./1",
  ])("%s leads out of it", (uri) => {
    expect(() => servedPlace(uri, "/srv")).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER_VALUE" }));
  });
});
