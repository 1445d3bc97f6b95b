/** MLflow's names of the tags that it writes by itself, and trackbook as well. */
export const TAGS = {
  runName: "mlflow.runName",
  user: "mlflow.user",
  /** The description of a run or experiment. */
  note: "mlflow.note.content",
  parentRun: "mlflow.parentRunId",
  sourceName: "mlflow.source.name",
  sourceType: "mlflow.source.type",
  gitCommit: "mlflow.source.git.commit",
  /** The library whose training was recorded. */
  autologging: "mlflow.autologging",
  /** Of a run's data set: what it was for. */
  dataContext: "mlflow.data.context",
  loggedImages: "mlflow.loggedImages",
  /** The tables of a run. */
  loggedArtifacts: "mlflow.loggedArtifacts",
  /** Of a LoggedModel: the registered versions that were made of it. */
  modelVersions: "mlflow.modelVersions",
} as const;
