import { exampleRequest } from "../example";
import type { ServedModel } from "../served-model";
import { inputsSchema, type JsonSchema, labelsSchema, paramsSchema, recordSchema } from "./json-schema";

/** What the model's server answers, as an OpenAPI 3.1 document: the forms of a request follow from the signature. */
export function openApiDocument(model: ServedModel, version: string): JsonSchema {
  const { card, signature } = model;
  return {
    openapi: "3.1.0",
    info: {
      title: card.name,
      version,
      description: `MLflow's scoring protocol for ${card.flavor ? `a model of ${card.flavor}` : "one model"}.${
        signature ? ` Signature: ${signature}` : ""
      }`,
    },
    paths: {
      "/invocations": { post: invocation(model) },
      "/ping": { get: check("ping", "Whether the server answers") },
      "/health": { get: check("health", "Whether the server answers") },
      "/version": { get: check("version", "The MLflow version whose protocol this is") },
    },
    components: {
      schemas: {
        Request: requestSchema(model),
        Predictions: {
          type: "object",
          properties: {
            predictions: { description: "One for each row, or by name where the model has several outputs" },
          },
          required: ["predictions"],
        },
        Error: ERROR,
      },
    },
  };
}

function invocation(model: ServedModel): JsonSchema {
  return {
    operationId: "invocations",
    summary: "Predicts",
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: { $ref: "#/components/schemas/Request" },
          examples: { example: { value: exampleRequest(model) } },
        },
        "text/csv": { schema: { type: "string", description: "A line of column names, then a line for each row" } },
      },
    },
    responses: {
      200: json("The predictions", { $ref: "#/components/schemas/Predictions" }),
      400: json("The request does not fit the model, or the model failed on it", ERROR_REFERENCE),
      413: json("The body is too large", ERROR_REFERENCE),
      415: { description: "Neither JSON nor CSV", content: { "text/plain": { schema: { type: "string" } } } },
      504: { description: "It took too long", content: { "application/json": { schema: { type: "string" } } } },
    },
  };
}

const ERROR_REFERENCE = { $ref: "#/components/schemas/Error" };

const ERROR: JsonSchema = {
  type: "object",
  properties: {
    error_code: { type: "string", enum: ["BAD_REQUEST", "INVALID_PARAMETER_VALUE"] },
    message: { type: "string" },
    sqlstate: { type: "string" },
    error_class: { type: "string" },
    stack_trace: { type: "string", description: "Where the model failed" },
  },
  required: ["error_code", "message"],
};

const json = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  content: { "application/json": { schema } },
});

const check = (operationId: string, summary: string): JsonSchema => ({
  operationId,
  summary,
  responses: { 200: { description: "It does", content: { "application/json": { schema: { type: "string" } } } } },
});

/** Exactly one of MLflow's four forms, and params. */
function requestSchema({ signature }: ServedModel): JsonSchema {
  const inputs = signature?.inputs;
  const record = recordSchema(inputs);
  const forms: Readonly<Record<string, JsonSchema>> = {
    dataframe_split: {
      type: "object",
      properties: {
        columns: labelsSchema(inputs),
        data: { type: "array", items: { type: "array" } },
        index: { type: "array" },
      },
      required: ["data"],
    },
    dataframe_records: { type: "array", items: record },
    instances: { type: "array" },
    inputs: inputsSchema(inputs),
  };
  const params = signature?.params ? { params: paramsSchema(signature.params) } : {};
  return {
    oneOf: Object.entries(forms).map(([field, schema]) => ({
      type: "object",
      title: field,
      properties: { [field]: schema, ...params },
      required: [field],
    })),
  };
}
