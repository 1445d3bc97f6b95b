export { isProcessAlive, machineStart, processPlace, processStart } from "./process-place";
