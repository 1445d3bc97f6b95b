const TAG = "estimator_name";

/** What is put to all names of the k-th training of a run: nothing for the first. */
export const trainingSuffix = (number: number): string => (number === 1 ? "" : `-${number}`);

/** The tag that each training leaves on its run, under its suffix: whoever sets it first has the number. */
export const trainingTag = (number: number): string => TAG + trainingSuffix(number);

/** How many trainings a run's tags tell of. */
export const countTrainings = (tags: Readonly<Record<string, string>>): number =>
  Object.keys(tags).filter((key) => /^estimator_name(-\d+)?$/.test(key)).length;
