import type { RunTable, RunTableRow } from "../../../../src/view";
import { manyRuns, penguins } from "./runs";

/** Every case of the run table. */
export const runTables: Readonly<Record<string, RunTable>> = {
  penguins: { title: "penguins", order: "newest first", rows: penguins },
  empty: { title: "penguins", rows: [] },
  "one-run": { title: "penguins", rows: penguins.slice(0, 1) },
  more: {
    title: "cars",
    order: "best training_mae first",
    total: 142,
    moreCall: "showRuns({ maxResults: 200 })",
    rows: manyRuns(5),
  },
  "all-columns": { title: "penguins", rows: penguins.slice(0, 2), allColumns: true },
  "500-runs": { title: "sweep", rows: manyRuns(500) },
  "80-columns": {
    title: "wide",
    equalCall: "--json",
    roomCall: "await compareRuns(…)",
    rows: penguins.map((row, index) => ({
      ...row,
      params: Object.fromEntries(Array.from({ length: 80 }, (_, key) => [`param_${key}`, String(key * index)])),
    })),
  },
  "wide-characters": {
    rows: [
      { ...(penguins[0] as RunTableRow), name: "企鹅 🐧 分類器" },
      { ...(penguins[2] as RunTableRow), name: "plain" },
    ],
  },
  hostile: {
    title: "<script>alert(1)</script>",
    order: "<i>",
    moreCall: "<more>",
    total: 9,
    rows: penguins.map((row, index) => ({
      ...row,
      name: "<img src=x onerror=alert(2)>\u001b[2J",
      estimator: "<est>",
      href: "javascript:alert(3)",
      params: { "<img onerror>": `"><script>${index}`, ["__proto__"]: "<proto>", same: "<same>" },
      metrics: { "<loss>": index },
    })),
  },
};
