import { LOGGED_MODEL_STATUSES, type LoggedModel, TAGS } from "../../../core";
import { listForm, pairForms } from "./entries";
import { metricForm } from "./run";

/** MLflow's LoggedModel. */
export const loggedModelForm = (model: LoggedModel): object => ({
  info: {
    model_id: model.modelId,
    experiment_id: model.experimentId,
    name: model.name,
    creation_timestamp_ms: model.creationTimestamp,
    last_updated_timestamp_ms: model.lastUpdatedTimestamp,
    artifact_uri: model.artifactLocation,
    status: LOGGED_MODEL_STATUSES[model.status],
    model_type: model.modelType,
    source_run_id: model.sourceRunId,
    status_message: model.statusMessage,
    tags: pairForms(model.tags),
    registrations: listForm(registrationsOf(model)),
  },
  data: { params: pairForms(model.params), metrics: listForm(model.metrics.map(metricForm)) },
});

/** The versions that a tag of the model lists. */
function registrationsOf({ tags }: LoggedModel): readonly object[] {
  const text = tags[TAGS.modelVersions];
  if (text === undefined) return [];
  try {
    const noted = JSON.parse(text) as readonly { name: unknown; version: unknown }[];
    return noted.map(({ name, version }) => ({ name: String(name), version: String(version) }));
  } catch {
    // Anybody may write the tag.
    return [];
  }
}
