/** What a body is, or why it is refused: MLflow's words, with status 415. */
export type BodyKind = { readonly kind: "json" | "csv" } | { readonly kind: "refused"; readonly reason: string };

const PROTOCOL_CHANGE =
  "IMPORTANT: The MLflow Model scoring protocol has changed in MLflow version 2.0. If you are seeing this error, you are likely using an outdated scoring request format.";

const KINDS = { "application/json": "json", "text/csv": "csv" } as const;

/**
 * Reads a Content-Type header. The only parameter is `charset=utf-8` (mlflow/pyfunc/scoring_server/__init__.py, invocations). Parquet
 * is refused as other types are: nothing here reads it.
 */
export function bodyKindOf(contentType: string | undefined): BodyKind {
  if (contentType === "application/json") return { kind: "json" };
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim());
  const given = new Map(
    parameters.map((parameter): [string, string] => {
      const [name = "", ...value] = parameter.split("=");
      return [name, value.join("=")];
    }),
  );
  if ((given.get("charset") ?? "utf-8").toLowerCase() !== "utf-8")
    return refused("The scoring server only supports UTF-8");
  given.delete("charset");
  if (given.size > 0)
    return refused(`Unrecognized content type parameters: ${[...given.keys()].join(", ")}. ${PROTOCOL_CHANGE}`);
  if (Object.hasOwn(KINDS, type)) return { kind: KINDS[type as keyof typeof KINDS] };
  const got = contentType === undefined ? "no Content-Type" : `'${contentType}'`;
  return refused(
    `This predictor only supports the following content types: ${Object.keys(KINDS).join(", ")}. Got ${got}.`,
  );
}

const refused = (reason: string): BodyKind => ({ kind: "refused", reason });
