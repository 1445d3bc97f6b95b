import { autolog, prepareAutolog } from "../../autolog";
import { installLiveDisplay, showRun, showRuns } from "../../notebook";
import { endRun, getTrackingUri, setExperiment, shortPlace, startRun } from "../../tracking";
import type { Command } from "../command";
import type { Session } from "../session";
import { installLine } from "../install-line";
import { fromPython } from "./from-python";
import { type DemoLibraries, loadLibraries } from "./libraries";
import { type DemoTraining, TRAININGS } from "./trainings";

const EXPERIMENT = "demo";

/** `trackbook demo` */
export const runDemo: Command = {
  options: [],
  notes:
    "Five trainings on data that the package brings: cars, irises and penguins. The libraries that train are\nlooked for where you are; the line that installs the missing ones is printed.",
  examples: ["demo"],
  async run({ quiet = false }, session) {
    prepareAutolog();
    autolog();
    const libraries = loadLibraries([...new Set(TRAININGS.map(({ library }) => library))]);
    for (const [name, cause] of libraries.broken) session.warn(`${name} cannot be loaded: ${String(cause)}`);
    if (libraries.loaded.size > 0) await train(libraries);
    if (!quiet) printPlace(libraries, session);
    if (!quiet || libraries.loaded.size === 0) printMissing(libraries, session);
    return libraries.broken.size > 0 ? 1 : 0;
  },
};

async function train({ loaded }: DemoLibraries): Promise<void> {
  setExperiment(EXPERIMENT);
  installLiveDisplay();
  const trainings = TRAININGS.filter(({ library }) => loaded.has(library));
  const answers = new Map<string, string[]>();
  for (const training of trainings) {
    const runId = await record(training, loaded.get(training.library));
    answers.set(training.question, [...(answers.get(training.question) ?? []), runId]);
  }
  for (const [question, runIds] of answers) await showRuns(runIds, { title: question });
  await endRun();
}

/** One training in a run of its own name; the run's id. On a terminal its card is live; elsewhere it is printed once, at the end. */
async function record({ runName, train: begin }: DemoTraining, library: unknown): Promise<string> {
  const run = startRun({ runName });
  await begin(library);
  await run.end();
  if (!process.stdout.isTTY) await showRun(run.id);
  return run.id;
}

function printPlace({ loaded }: DemoLibraries, session: Session): void {
  if (loaded.size === 0) return;
  session.print(`
The runs are in ${shortPlace(getTrackingUri())}.

  look at them   npx trackbook runs list
  read them      import { searchRuns } from "trackbook"; await searchRuns({ experimentNames: ["demo"] })
  from Python    ${fromPython(getTrackingUri())}
  your own       import { autolog } from "trackbook"; autolog(); and train as always
`);
}

function printMissing({ loaded, missing }: DemoLibraries, session: Session): void {
  if (missing.length === 0) return;
  const others = loaded.size > 0 ? "For the other trainings" : "There is no library here to train with. To get them";
  session.print(`${others}, and then once more \`npx trackbook demo\`:\n\n  ${installLine(missing)}\n`);
}
