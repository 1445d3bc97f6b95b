import type { ModelVersion, RegisteredModel } from "../../core";
import { closedEntity, numberField, openEntity, ownText, ownValue, type SearchTable, textField } from "../language";

/** MLflow keeps prompts among the registered models, told apart by this tag of theirs and of their versions. */
export const PROMPT_TAG = "mlflow.prompt.is_prompt";

/** What a search looks at in a registered model. */
export type SearchedModel = Pick<RegisteredModel, "name" | "creationTimestamp" | "lastUpdatedTimestamp" | "tags">;

/** As in MLflow, what has no prompt tag is taken for a model by `= 'false'` and `!= 'true'`. */
const tags = <T extends { readonly tags: Readonly<Record<string, string>> }>() =>
  openEntity<T>((key) => ownText((item) => ownValue(item.tags, key) ?? (key === PROMPT_TAG ? "false" : undefined)));

/** What registered models are searched by (MLflow's `SearchModelUtils`). */
export const REGISTERED_MODEL_TABLE: SearchTable<SearchedModel> = {
  entities: {
    attribute: closedEntity(
      [
        textField("name", ({ name }) => name),
        numberField("creation_timestamp", ({ creationTimestamp }) => creationTimestamp, "integer"),
        numberField("last_updated_timestamp", ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp, "integer"),
      ],
      { timestamp: "last_updated_timestamp" },
    ),
    tag: tags(),
  },
};

/** What model versions are searched by (MLflow's `SearchModelVersionUtils`). */
export const MODEL_VERSION_TABLE: SearchTable<ModelVersion> = {
  entities: {
    attribute: closedEntity([
      textField("name", ({ name }) => name),
      numberField("version_number", ({ version }) => version, "integer"),
      textField("run_id", ({ runId }) => runId),
      textField("source_path", ({ source }) => source),
      numberField("creation_timestamp", ({ creationTimestamp }) => creationTimestamp, "integer"),
      numberField("last_updated_timestamp", ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp, "integer"),
    ]),
    tag: tags(),
  },
};
