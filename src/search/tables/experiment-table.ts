import type { Experiment } from "../../core";
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

const time = (key: string, read: Field<Experiment>["read"]): Field<Experiment> => ({
  key,
  type: "integer",
  operators: NUMBER_OPERATORS,
  isOrderable: true,
  read,
});

/** What experiments are searched by (MLflow's `SearchExperimentsUtils`). */
export const EXPERIMENT_TABLE: SearchTable<Experiment> = {
  entities: {
    attribute: closedEntity([
      {
        key: "name",
        type: "text",
        operators: TEXT_OPERATORS,
        isOrderable: true,
        read: (experiment) => experiment.name,
      },
      {
        key: "experiment_id",
        type: "text",
        operators: ["=", "!=", ...LIST_OPERATORS],
        isOrderable: true,
        read: (experiment) => experiment.experimentId,
        // Ids are whole numbers of up to 18 digits, more than a double holds: as text of one length they sort as numbers.
        sortKey: (experiment) => experiment.experimentId.padStart(20, "0"),
      },
      time("creation_time", (experiment) => experiment.creationTime),
      time("last_update_time", (experiment) => experiment.lastUpdateTime),
    ]),
    tag: openEntity((key) => ({
      type: "text",
      operators: [...TEXT_OPERATORS, ...PRESENCE_OPERATORS],
      isOrderable: false,
      read: (experiment) => ownValue(experiment.tags, key),
    })),
  },
};
