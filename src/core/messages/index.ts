import { argumentMessages } from "./arguments";
import { commandLineMessages } from "./command-line";
import { dataMessages } from "./data";
import { experimentMessages } from "./experiments";
import { fileMessages } from "./files";
import { modelMessages } from "./models";
import { nameMessages } from "./names";
import { runMessages } from "./runs";
import { searchMessages } from "./search";
import { storeMessages } from "./stores";
import { valueMessages } from "./values";

/** Every message that trackbook's errors carry, one file for each subject; each returns a `Problem`. */
export const messages = {
  ...nameMessages,
  ...argumentMessages,
  ...valueMessages,
  ...runMessages,
  ...experimentMessages,
  ...storeMessages,
  ...fileMessages,
  ...dataMessages,
  ...modelMessages,
  ...searchMessages,
  ...commandLineMessages,
};
