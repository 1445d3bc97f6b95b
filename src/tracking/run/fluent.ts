import { FileWriter } from "./file-writer";
import { targetRun } from "./open";
import type { OpenRun } from "./open-run";
import { explicitRun, implicitRun } from "./run-stack";

/** The verbs on whatever run is active where they are called; without one they open an implicit run. */
class CurrentRun extends FileWriter {
  protected override target(verb: string): OpenRun | undefined {
    return targetRun(verb);
  }

  protected override targetIfOpen(): OpenRun | undefined {
    return explicitRun() ?? implicitRun();
  }
}

const current = new CurrentRun();

/** {@inheritDoc RunWriter.logParam} */
export const logParam: CurrentRun["logParam"] = (key, value) => current.logParam(key, value);
/** {@inheritDoc RunWriter.logParams} */
export const logParams: CurrentRun["logParams"] = (params) => current.logParams(params);
/** {@inheritDoc RunWriter.logMetric} */
export const logMetric: CurrentRun["logMetric"] = (key, value, options) => current.logMetric(key, value, options);
/** {@inheritDoc RunWriter.logMetrics} */
export const logMetrics: CurrentRun["logMetrics"] = (metrics, options) => current.logMetrics(metrics, options);
/** {@inheritDoc RunWriter.setTag} */
export const setTag: CurrentRun["setTag"] = (key, value) => current.setTag(key, value);
/** {@inheritDoc RunWriter.setTags} */
export const setTags: CurrentRun["setTags"] = (tags) => current.setTags(tags);
/** {@inheritDoc RunWriter.deleteTag} */
export const deleteTag: CurrentRun["deleteTag"] = (key) => current.deleteTag(key);
/** {@inheritDoc RunWriter.logInput} */
export const logInput: CurrentRun["logInput"] = (dataset, options) => current.logInput(dataset, options);
/** {@inheritDoc FileWriter.logArtifact} */
export const logArtifact: CurrentRun["logArtifact"] = (path, artifactPath) => current.logArtifact(path, artifactPath);
/** {@inheritDoc FileWriter.logArtifacts} */
export const logArtifacts: CurrentRun["logArtifacts"] = (dir, artifactPath) => current.logArtifacts(dir, artifactPath);
/** {@inheritDoc FileWriter.logText} */
export const logText: CurrentRun["logText"] = (text, file) => current.logText(text, file);
/** {@inheritDoc FileWriter.logDict} */
export const logDict: CurrentRun["logDict"] = (value, file) => current.logDict(value, file);
/** {@inheritDoc FileWriter.logTable} */
export const logTable: CurrentRun["logTable"] = (table, file) => current.logTable(table, file);
/** {@inheritDoc FileWriter.logFigure} */
export const logFigure: CurrentRun["logFigure"] = (figure, file) => current.logFigure(figure, file);
/** {@inheritDoc FileWriter.logImage} */
export const logImage: CurrentRun["logImage"] = (image, fileOrKey, options) =>
  current.logImage(image, fileOrKey, options);
