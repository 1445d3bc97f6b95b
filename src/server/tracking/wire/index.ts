export { faultText } from "./broken-answer";
export { listForm, numberForm } from "./entries";
export { experimentForm } from "./experiment";
export { fileForm } from "./file";
export { loggedModelForm } from "./logged-model";
export { modelVersionForm, registeredModelForm } from "./registry";
export { metricForm, runForm, runInfoForm } from "./run";
export { StreamedList } from "./streamed-list";
