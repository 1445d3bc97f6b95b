import { TrackbookError } from "../../src/core";

/** The error that `act` throws; fails when it throws none of ours. */
export function errorOf(act: () => unknown): TrackbookError {
  try {
    act();
  } catch (error) {
    if (error instanceof TrackbookError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** The error that `promise` rejects with; fails when it rejects with none of ours. */
export async function rejectionOf(promise: Promise<unknown>): Promise<TrackbookError> {
  return promise.then(
    () => {
      throw new Error("nothing was rejected");
    },
    (error: unknown) => {
      if (error instanceof TrackbookError) return error;
      throw error;
    },
  );
}
