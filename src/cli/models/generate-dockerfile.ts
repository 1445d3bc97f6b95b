import { writeDockerFolder } from "../../server/scoring/docker";
import type { Command } from "../command";
import { PACKAGE_FOLDER } from "../version";
import { MODEL_URI } from "./model-options";

interface Options {
  readonly modelUri: string;
  readonly outputDirectory: string;
}

/** `trackbook models generate-dockerfile` */
export const generateDockerfile: Command<Options> = {
  options: [
    MODEL_URI,
    {
      flags: "-d, --output-directory <folder>",
      description: "a folder that does not exist yet, or is empty",
      default: "mlflow-dockerfile",
    },
  ],
  notes: "The image answers on port 8080, as a user without rights, with the packages that are pinned with the model.",
  examples: ["models generate-dockerfile -m models:/wine@champion -d wine"],
  async run({ modelUri, outputDirectory }, session) {
    await writeDockerFolder(modelUri, outputDirectory, PACKAGE_FOLDER);
    session.say("The folder from which docker build makes an image:");
    session.print(outputDirectory);
  },
};
