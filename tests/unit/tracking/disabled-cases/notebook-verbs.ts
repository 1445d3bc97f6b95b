import * as trackbook from "../../../../src";
import * as notebook from "../../../../src/notebook";
import { type Case, NO_OPTIONS } from "./case";

/** Every export of `trackbook/notebook`. */
export const NOTEBOOK: Readonly<Record<keyof typeof notebook, Case>> = {
  installLiveDisplay: { right: () => notebook.installLiveDisplay("auto")() },
  showRuns: {
    right: async () => String(await notebook.showRuns()).length > 0,
    answers: true,
    wrong: [() => notebook.showRuns({}, NO_OPTIONS), () => notebook.showRuns({ filter: "x" })],
  },
  showRun: { right: () => notebook.showRun(trackbook.startRun().id), misses: "RESOURCE_DOES_NOT_EXIST" },
  compareRuns: { right: () => notebook.compareRuns({}), wrong: [() => notebook.compareRuns([], NO_OPTIONS)] },
  openUi: {
    right: () => notebook.openUi(),
    wrong: [() => notebook.openUi(NO_OPTIONS), () => notebook.openUi({ port: -1 })],
  },
  showMetric: { right: () => notebook.showMetric("loss", {}), wrong: [() => notebook.showMetric("a//b", {})] },
};
