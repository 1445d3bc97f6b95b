import type { Experiment } from "../../core";
import { closedEntity, numberField, openEntity, ownText, ownValue, type SearchTable, textField } from "../language";

/** What experiments are searched by (MLflow's `SearchExperimentsUtils`). */
export const EXPERIMENT_TABLE: SearchTable<Experiment> = {
  entities: {
    attribute: closedEntity([
      textField("name", (experiment) => experiment.name, { isListed: false }),
      {
        ...textField("experiment_id", (experiment) => experiment.experimentId),
        operators: ["=", "!=", "IN", "NOT IN"],
        // Ids are whole numbers of up to 18 digits, more than a double holds: as text of one length they sort as numbers.
        sortKey: (experiment) => experiment.experimentId.padStart(20, "0"),
      },
      numberField("creation_time", (experiment) => experiment.creationTime, "integer"),
      numberField("last_update_time", (experiment) => experiment.lastUpdateTime, "integer"),
    ]),
    tag: openEntity((key) => ownText((experiment) => ownValue(experiment.tags, key))),
  },
};
