import { expect, test } from "vitest";
import { drainJobs, finishJobs, inBackground } from "../../../src/tracking/recorder";

/** A job for a run of its own; `prepared` ends the work of the other thread. */
function preparedJob() {
  const done: string[] = [];
  const owner = {};
  let prepared = () => {};
  const preparation = new Promise<void>((resolve) => {
    prepared = resolve;
  });
  inBackground({ name: "a test", owner, run: () => void done.push("run"), prepare: () => preparation });
  return { done, owner, prepared };
}

test("who can wait lets another thread do the heavy part first", async () => {
  const { done, owner, prepared } = preparedJob();
  const finished = finishJobs([owner]);
  expect(done).toEqual([]);
  prepared();
  await finished;
  expect(done).toEqual(["run"]);
});

test("who cannot wait does all of it at once, and it is not done again", async () => {
  const { done, owner, prepared } = preparedJob();
  const finished = finishJobs([owner]);
  drainJobs([owner]);
  expect(done).toEqual(["run"]);
  prepared();
  await finished;
  expect(done).toEqual(["run"]);
});
