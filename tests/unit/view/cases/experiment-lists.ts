import type { ExperimentList } from "../../../../src/view";
import { DAY, NOW } from "./moments";

/** Every case of the experiment list. */
export const experimentLists: Readonly<Record<string, ExperimentList>> = {
  three: {
    total: 12,
    moreCall: "searchExperiments({ maxResults: 100 })",
    rows: [
      {
        experimentId: "481739201748392017",
        name: "penguins",
        runCount: 4,
        lastUpdateTime: NOW - 3104,
        href: "http://127.0.0.1:5000/#/experiments/1",
      },
      { experimentId: "918273645546372819", name: "cars", runCount: 1204, lastUpdateTime: NOW - 9 * DAY },
      { experimentId: "0", name: "Default", isDeleted: true },
    ],
  },
  empty: { rows: [] },
  hostile: { rows: [{ experimentId: "<id>", name: "<img onerror>", href: "javascript:alert(1)" }] },
};
