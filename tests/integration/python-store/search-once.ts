/** Searches in a process of its own: `search-once.ts ROOT QUERY…`, each as JSON. Says what it found, and how many files it opened for it. */
import fs from "node:fs";
import { TrackingClient } from "../../../src/tracking";
import type { SearchAnswer } from "./found-by-search";
import { foundBy } from "./found-by-search";

const [root, ...queries] = process.argv.slice(2) as [string, ...string[]];
let opened = 0;
const { openSync } = fs;
fs.openSync = (...args) => {
  if (String(args[0]).startsWith(root)) opened++;
  return openSync(...args);
};
void (async () => {
  const client = new TrackingClient(root);
  const found: SearchAnswer["found"][number][] = [];
  for (const query of queries) found.push(foundBy(await client.searchRuns(["0"], JSON.parse(query))));
  console.log(JSON.stringify({ found, opened } satisfies SearchAnswer));
})();
