import type { ModelVersion, RegisteredModel } from "../../core";
import {
  closedEntity,
  type Field,
  LIST_OPERATORS,
  NUMBER_OPERATORS,
  openEntity,
  ownValue,
  PRESENCE_OPERATORS,
  type SearchTable,
  TEXT_OPERATORS,
} from "../language";

/** MLflow keeps prompts among the registered models, told apart by this tag of theirs and of their versions. */
export const PROMPT_TAG = "mlflow.prompt.is_prompt";

/** What a search looks at in a registered model. */
export type SearchedModel = Pick<RegisteredModel, "name" | "creationTimestamp" | "lastUpdatedTimestamp" | "tags">;

const text = <T>(key: string, read: Field<T>["read"]): Field<T> => ({
  key,
  type: "text",
  operators: [...TEXT_OPERATORS, ...LIST_OPERATORS],
  isOrderable: true,
  read,
});

const integer = <T>(key: string, read: Field<T>["read"]): Field<T> => ({
  key,
  type: "integer",
  operators: NUMBER_OPERATORS,
  isOrderable: true,
  read,
});

/** As in MLflow, what has no prompt tag is taken for a model by `= 'false'` and `!= 'true'`. */
const tags = <T extends { readonly tags: Readonly<Record<string, string>> }>() =>
  openEntity<T>((key) => ({
    type: "text",
    operators: [...TEXT_OPERATORS, ...PRESENCE_OPERATORS],
    isOrderable: false,
    read: (item) => ownValue(item.tags, key) ?? (key === PROMPT_TAG ? "false" : undefined),
  }));

/** What registered models are searched by (MLflow's `SearchModelUtils`). */
export const REGISTERED_MODEL_TABLE: SearchTable<SearchedModel> = {
  entities: {
    attribute: closedEntity(
      [
        text("name", ({ name }) => name),
        integer("creation_timestamp", ({ creationTimestamp }) => creationTimestamp),
        integer("last_updated_timestamp", ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp),
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
      text("name", ({ name }) => name),
      integer("version_number", ({ version }) => version),
      text("run_id", ({ runId }) => runId),
      text("source_path", ({ source }) => source),
      integer("creation_timestamp", ({ creationTimestamp }) => creationTimestamp),
      integer("last_updated_timestamp", ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp),
    ]),
    tag: tags(),
  },
};
