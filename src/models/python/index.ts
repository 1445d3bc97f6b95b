export { type PythonFunctionDetails, pythonFunctionConfig, pythonFunctionFiles } from "./python-function";
