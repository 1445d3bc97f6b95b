import { artifacts } from "./artifacts";
import { completionOf } from "./completion";
import type { CommandEntry, CommandGroup } from "./command";
import { db } from "./db";
import { demo } from "./demo";
import { doctor } from "./doctor";
import { experiments } from "./experiments";
import { gc } from "./gc";
import { migrate } from "./migrate";
import { models } from "./models";
import { runs } from "./runs";
import { server, ui } from "./server";
import { sync } from "./sync";

/** Every command, in the order of the help. Commands load when they are called. */
export const COMMANDS: readonly (CommandGroup | CommandEntry)[] = [
  experiments,
  runs,
  artifacts,
  models,
  server,
  ui,
  sync,
  migrate,
  db,
  gc,
  doctor,
  demo,
  completionOf(() => COMMANDS),
];
