import { FileWriter } from "./file-writer";
import { activeOrInherited, targetRun } from "./open";
import type { OpenRun } from "./open-run";

/** The verbs on whatever run is active where they are called; without one they open an implicit run. */
class CurrentRun extends FileWriter {
  protected override target(verb: string): OpenRun | undefined {
    return targetRun(verb);
  }

  protected override targetIfOpen(): OpenRun | undefined {
    return activeOrInherited();
  }
}

const current = new CurrentRun();

/** {@inheritDoc FileWriter.logParam} */
export const logParam: CurrentRun["logParam"] = (key, value) => current.logParam(key, value);
export const logParams: CurrentRun["logParams"] = (params) => current.logParams(params);
export const logMetric: CurrentRun["logMetric"] = (key, value, options) => current.logMetric(key, value, options);
export const logMetrics: CurrentRun["logMetrics"] = (metrics, options) => current.logMetrics(metrics, options);
export const setTag: CurrentRun["setTag"] = (key, value) => current.setTag(key, value);
export const setTags: CurrentRun["setTags"] = (tags) => current.setTags(tags);
export const deleteTag: CurrentRun["deleteTag"] = (key) => current.deleteTag(key);
export const logInput: CurrentRun["logInput"] = (dataset, options) => current.logInput(dataset, options);
export const logArtifact: CurrentRun["logArtifact"] = (path, artifactPath) => current.logArtifact(path, artifactPath);
export const logArtifacts: CurrentRun["logArtifacts"] = (dir, artifactPath) => current.logArtifacts(dir, artifactPath);
export const logText: CurrentRun["logText"] = (text, file) => current.logText(text, file);
export const logDict: CurrentRun["logDict"] = (value, file) => current.logDict(value, file);
export const logTable: CurrentRun["logTable"] = (table, file) => current.logTable(table, file);
export const logFigure: CurrentRun["logFigure"] = (figure, file) => current.logFigure(figure, file);
export const logImage: CurrentRun["logImage"] = (image, fileOrKey, options) => current.logImage(image, fileOrKey, options);
