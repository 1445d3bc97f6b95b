export { captureDataset, type CapturedDataset, dataset, type DatasetOptions } from "./dataset";
