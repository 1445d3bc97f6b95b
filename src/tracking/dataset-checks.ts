import { type DatasetInput, InvalidInputError, LIMITS, messages, validateRecord } from "../core";

const DATASET_LIMITS: Readonly<Record<string, { limit: number; required: boolean }>> = {
  name: { limit: LIMITS.datasetNameLength, required: true },
  digest: { limit: LIMITS.datasetDigestLength, required: true },
  sourceType: { limit: LIMITS.datasetNameLength, required: true },
  source: { limit: LIMITS.datasetSourceLength, required: true },
  schema: { limit: LIMITS.datasetSchemaLength, required: false },
  profile: { limit: LIMITS.datasetProfileLength, required: false },
};

/** Throws unless `input` describes a data set within MLflow's limits. */
export function requireDatasetInput(input: unknown): asserts input is DatasetInput {
  validateRecord("A data set input", input);
  const { dataset, tags = {} } = input;
  validateRecord("The data set of an input", dataset);
  for (const [field, { limit, required }] of Object.entries(DATASET_LIMITS)) {
    const value = dataset[field];
    if (value === undefined && !required) continue;
    if (typeof value !== "string" || (required && value === ""))
      throw new InvalidInputError(
        messages.wrongType(
          `The data set's ${field}`,
          value,
          "a string that is not empty",
          "dataset(rows) makes a data set with all that is needed.",
        ),
      );
    requireLength(`data set's ${field}`, field, value, limit);
  }
  validateRecord("The tags of a data set input", tags);
  for (const [key, value] of Object.entries(tags)) {
    if (typeof value !== "string")
      throw new InvalidInputError(
        messages.wrongType(`The value of tag "${key}"`, value, "a string", "String(value) makes one."),
      );
    if (key.length > LIMITS.inputTagKeyLength)
      throw new InvalidInputError(messages.keyTooLong("tag", key, LIMITS.inputTagKeyLength));
    requireLength("tag", key, value, LIMITS.inputTagValueLength);
  }
}

function requireLength(kind: string, name: string, value: string, limit: number): void {
  if (value.length > limit) throw new InvalidInputError(messages.valueTooLong(kind, name, value.length, limit));
}
