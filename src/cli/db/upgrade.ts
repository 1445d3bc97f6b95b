import { InvalidInputError, messages } from "../../core";
import { addIndexes, examineDatabase, isDatabase } from "../../stores";
import { getTrackingUri, shortPlace } from "../../tracking";
import type { Command } from "../command";

/** `trackbook db upgrade` */
export const upgradeDatabase: Command = {
  options: [],
  notes: "Indexes of ours are made where some are already. MLflow's own schema is for `mlflow db upgrade` to change.",
  examples: ["db upgrade --tracking-uri sqlite:///mlflow.db"],
  async run(_options, session) {
    const uri = getTrackingUri();
    if (!isDatabase(uri)) throw new InvalidInputError(messages.notADatabaseUri(uri));
    const place = shortPlace(uri);
    const report = await examineDatabase(uri);
    if (!report) {
      session.say(`${place} is not there yet: the first run makes it as it should be.`);
      return 0;
    }
    if (!report.mlflowVersion) {
      session.warn(
        `${place} has ${report.revision === undefined ? "no schema of MLflow's" : `the schema ${report.revision}, which is not ours to change`}. Make a copy, then: mlflow db upgrade ${place === uri ? uri : `sqlite:///${place}`}`,
      );
      return 1;
    }
    const isOurs = report.indexes.some(({ isThere }) => isThere);
    const added = isOurs ? await addIndexes(uri) : [];
    session.say(
      `${place} has the schema of MLflow ${report.mlflowVersion}. ${added.length > 0 ? `Made: ${added.join(", ")}.` : "There was nothing to do."}`,
    );
    return 0;
  },
};
