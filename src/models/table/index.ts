export { isRecord } from "./capture-array";
export { captureTable } from "./capture-table";
export { OPAQUE_CELL } from "./cell";
export {
  type ColumnType,
  columnTypeOfTensor,
  commonType,
  DATA_TYPES,
  type DataType,
  isMissing,
  type PropertyType,
  showColumnType,
  tensorTypeOfColumn,
  typeOfCell,
} from "./column-type";
export {
  type ColumnSample,
  type OpaqueReason,
  SAMPLE_LIMITS,
  type SampleLimits,
  sizeOfShape,
  type TableSample,
  type TensorSample,
  WHOLE_TABLE,
} from "./table-sample";
export {
  isTensorType,
  isTypedArray,
  TYPED_ARRAYS,
  type TensorType,
  tensorTypeBytes,
  typedArrayType,
} from "./tensor-type";
