export { CODE_FOLDER, collectCode, type CodeRequest, type CollectedCode } from "./collect-code";
