import { MLMODEL_VERSION } from "../../models";
import type { Field, Fields, FieldType } from "./fields";
import { ROUTES, type Route } from "./routes";

/** The OpenAPI document of the tracking server: its table of routes in another form. */
export function openApiDocument(version: string, prefix = ""): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) {
    const path = `${prefix}${pathOf(route)}`;
    for (const method of route.methods) {
      paths[path] ??= {};
      paths[path][method.toLowerCase()] = operationOf(route, method);
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "trackbook server",
      version,
      description: `MLflow's tracking API, as of MLflow ${MLMODEL_VERSION}. Paths below /api are there below /ajax-api as well.`,
    },
    paths,
    components: { schemas: { Error: ERROR } },
  };
}

const ERROR = {
  type: "object",
  required: ["error_code", "message"],
  properties: {
    error_code: { type: "string", examples: ["RESOURCE_DOES_NOT_EXIST"] },
    message: { type: "string" },
    sqlstate: { type: "string" },
    error_class: { type: "string" },
  },
};

function pathOf({ path, versions: [version] = ["2.0"], place }: Route): string {
  const own = path.replace("{+", "{");
  return place === "root" ? `/${own}` : `${place === "page" ? "/ajax-api" : "/api"}/${version}/${own}`;
}

function operationOf(route: Route, method: string): object {
  const isInQuery = method === "GET" || route.fieldsIn === "query";
  const fields = Object.entries(route.fields);
  const inPath = fields.filter(([, field]) => field.isInPath);
  const others = fields.filter(([, field]) => !field.isInPath);
  const sends = "respond" in route && method !== "GET";
  const parameters = [
    ...inPath.map(([name, field]) => ({ name, in: "path", required: true, schema: schemaOf(field) })),
    ...(isInQuery ? others.map(([name, field]) => queryParameter(name, field)) : []),
  ];
  return {
    summary: route.summary,
    operationId: `${method.toLowerCase()} ${route.path}`.replace(/[^a-z0-9]+/gi, "_").replace(/_$/, ""),
    tags: [route.subject],
    ...(parameters.length > 0 && { parameters }),
    ...(!isInQuery && { requestBody: jsonBody(Object.fromEntries(others)) }),
    ...(sends && { requestBody: { required: true, content: { "application/octet-stream": {} } } }),
    responses: {
      200: {
        description: "What was asked for, or an empty object.",
        content: "respond" in route && !sends ? { "application/octet-stream": {} } : { "application/json": {} },
      },
      default: {
        description: "What was wrong.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

const queryParameter = (name: string, field: Field): object => ({
  name,
  in: "query",
  ...(field.isRequired && { required: true }),
  schema: schemaOf(field),
  ...(field.type.kind === "list" && { explode: true }),
});

function jsonBody(fields: Fields): object {
  return { content: { "application/json": { schema: objectSchema(fields) } } };
}

function objectSchema(fields: Fields): object {
  const required = Object.keys(fields).filter((name) => fields[name]?.isRequired);
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])),
    ...(required.length > 0 && { required }),
  };
}

function schemaOf({ type, least, most, preset }: Field): object {
  const isValue = preset !== undefined && type.kind !== "list";
  return {
    ...typeSchema(type),
    ...(least !== undefined && { minimum: least }),
    ...(most !== undefined && { maximum: most }),
    ...(isValue && { default: preset }),
  };
}

function typeSchema(type: FieldType): object {
  switch (type.kind) {
    case "text":
      return { type: "string" };
    case "integer":
      return { type: "integer", format: "int64" };
    case "number":
      return { anyOf: [{ type: "number" }, { enum: ["NaN", "Infinity", "-Infinity"] }] };
    case "flag":
      return { type: "boolean" };
    case "choice":
      return { enum: Object.keys(type.names) };
    case "list":
      return {
        type: "array",
        items: typeSchema(type.item),
        ...(type.most !== undefined && { maxItems: type.most }),
      };
    case "message":
      return objectSchema(type.fields);
  }
}
