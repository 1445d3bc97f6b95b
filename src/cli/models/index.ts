import type { CommandGroup } from "../command";

/** `trackbook models …` */
export const models: CommandGroup = {
  name: "models",
  summary: "serve models and ask them",
  commands: [
    {
      name: "serve",
      summary: "answer requests for predictions over HTTP",
      load: () => (require("./serve") as typeof import("./serve")).serve,
    },
    {
      name: "predict",
      summary: "predict for a file of rows",
      load: () => (require("./predict") as typeof import("./predict")).predict,
    },
    {
      name: "generate-dockerfile",
      summary: "write a folder from which Docker builds a server",
      load: () => (require("./generate-dockerfile") as typeof import("./generate-dockerfile")).generateDockerfile,
    },
  ],
};
