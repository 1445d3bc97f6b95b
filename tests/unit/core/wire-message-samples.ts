import type { wireMessages } from "../../../src/core/messages/wire";

type Messages = typeof wireMessages;

/** What the messages of the tracking server are called with. */
export const WIRE_MESSAGE_SAMPLES: { readonly [Name in keyof Messages]: readonly Parameters<Messages[Name]>[] } = {
  missingField: [["metrics[0].timestamp"]],
  wrongField: [
    ["value", 1, "text"],
    ["tags", null, "a list"],
    ["tags", {}, "a list"],
    ["step", 1.5, "a whole number"],
    ["step", [], "a whole number"],
    ["step", true, "a whole number"],
  ],
  fieldOutOfRange: [
    ["max_results", 0, 1, 50_000],
    ["max_results", 50_001, undefined, 50_000],
    ["start_time", -1, 0],
  ],
  noContentType: [[undefined], ["text/plain"]],
  badRequestPath: [["/api/2.0/mlflow-artifacts/artifacts/../x"]],
  artifactsNotServed: [[]],
  artifactsOutOfReach: [["/etc"]],
  badArtifactLocation: [["s3://bucket/a#b"]],
  nameTooLong: [[]],
  artifactIsFolder: [["model"]],
  uiFailed: [[""], ["port 1 is taken"]],
  badPrefix: [["mlflow/"]],
  halfInterval: [[]],
  unreachableSource: [["/etc/passwd"]],
  badPromptSource: [["/etc", ["dummy-source"]]],
  noMultipart: [[]],
};
