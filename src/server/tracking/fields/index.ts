export {
  choice,
  type EnumNames,
  type Field,
  type Fields,
  type FieldType,
  flag,
  inPath,
  integer,
  list,
  message,
  number,
  preset,
  required,
  runId,
  text,
  type Values,
} from "./field";
export { type RawValues, readFields } from "./read-fields";
