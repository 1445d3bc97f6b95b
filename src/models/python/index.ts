export { type PythonFunctionDetails, pythonFunctionConfig, pythonFunctionFiles } from "./python-function";
export { pythonVersion } from "./python-version";
