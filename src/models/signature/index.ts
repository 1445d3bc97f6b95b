export {
  declareSignature,
  type OtherText,
  type ParamDeclaration,
  type SchemaDeclaration,
  type SignatureDeclaration,
  type TypeText,
} from "./declared-signature";
export {
  asNamedColumns,
  asTensors,
  type ColumnSpec,
  type ColumnSpecJson,
  type Schema,
  type SchemaJson,
  schemaOf,
  schemaToJson,
  showSchema,
  type TensorSpec,
  type TensorSpecJson,
} from "./schema";
export { inferSignature, inferSignatureOf, ModelSignature, type SignatureParts, type SignatureText } from "./signature";
export type { ParamSpec, ParamSpecJson } from "./signature-params";
