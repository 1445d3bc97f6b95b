/** The tag by which a run is found again that was created on a server without the answer having come back. */
export const RUN_KEY = "trackbook.run_key";

/** The same of a LoggedModel. */
export const MODEL_KEY = "trackbook.model_key";
