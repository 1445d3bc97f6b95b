import type { LoadableFlavor } from "../../models";
import { predictor } from "./predictor";

/** ONNX: models that Python has logged. None is logged from here, for no library of JavaScript trains them. */
export const onnxFlavor: LoadableFlavor = { name: "onnx", predictor };
