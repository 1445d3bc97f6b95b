import type { ErrorCode, TrackbookError } from "../core";

/** How MLflow classes its codes besides (mlflow/error_classification.py). */
const CLASSES: Partial<Record<ErrorCode, readonly [sqlState: string, errorClass: string]>> = {
  INVALID_PARAMETER_VALUE: ["KAM00", "INVALID_PARAMETER_VALUE"],
  BAD_REQUEST: ["KAM00", "INVALID_PARAMETER_VALUE"],
  RESOURCE_ALREADY_EXISTS: ["KAM00", "RESOURCE_ALREADY_EXISTS"],
  RESOURCE_DOES_NOT_EXIST: ["KAM00", "RESOURCE_NOT_FOUND"],
  INVALID_STATE: ["XXM00", "CLIENT_INTERNAL_ERROR"],
  INTERNAL_ERROR: ["XXM00", "CLIENT_INTERNAL_ERROR"],
  TEMPORARILY_UNAVAILABLE: ["XXM00", "CLIENT_INTERNAL_ERROR"],
};

/** The codes that MLflow's clients do not know, as those that they do. */
const FOREIGN: Partial<Record<ErrorCode, string>> = {
  RUN_ENDED: "INVALID_PARAMETER_VALUE",
  RUN_ACTIVE: "INVALID_PARAMETER_VALUE",
  MISSING_PACKAGE: "NOT_IMPLEMENTED",
};

/** MLflow's JSON of an error (mlflow/exceptions.py, MlflowException.serialize_as_json). */
export function errorForm({ code, message }: TrackbookError): Readonly<Record<string, string>> {
  const [sqlstate, error_class] = CLASSES[code] ?? [];
  return {
    error_code: FOREIGN[code] ?? code,
    // The code stands beside it.
    message: message.replace(/ \[[A-Z_]+\]$/, ""),
    ...(sqlstate !== undefined && error_class !== undefined && { sqlstate, error_class }),
  };
}
