import { databaseMessages } from "./databases";
import { modelCodeMessages } from "./model-code";
import { modelAndDataMessages } from "./models-and-data";
import { nameAndValueMessages } from "./names-and-values";
import { packageMessages } from "./packages";
import { registryMessages } from "./registry";
import { predictionMessages } from "./predictions";
import { remoteMessages } from "./remote";
import { requestMessages } from "./requests";
import { runAndExperimentMessages } from "./runs-and-experiments";
import { scoringMessages } from "./scoring";
import { servingMessages } from "./serving";
import { storeAndFileMessages } from "./stores-and-files";
import { wireMessages } from "./wire";

/** Every message that trackbook's errors carry, one file for each subject; each returns a `Problem`. */
export const messages = {
  ...nameAndValueMessages,
  ...requestMessages,
  ...remoteMessages,
  ...runAndExperimentMessages,
  ...storeAndFileMessages,
  ...modelAndDataMessages,
  ...scoringMessages,
  ...servingMessages,
  ...modelCodeMessages,
  ...registryMessages,
  ...packageMessages,
  ...predictionMessages,
  ...wireMessages,
  ...databaseMessages,
};
