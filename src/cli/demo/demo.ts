import { autolog, prepareAutolog } from "../../autolog";
import { installLiveDisplay, showRun, showRuns } from "../../notebook";
import { endRun, getTrackingUri, searchRuns, setExperiment, shortPlace, startRun } from "../../tracking";
import type { Command } from "../command";
import type { Session } from "../session";
import { installLine } from "../install-line";
import { type DemoLibraries, loadLibraries } from "./libraries";
import { type DemoTraining, TRAININGS } from "./trainings";

const EXPERIMENT = "demo";

/** `trackbook demo` */
export const runDemo: Command = {
  options: [],
  notes:
    "Five trainings on data that the package brings: cars, irises and penguins. The libraries that train are\nlooked for where you are; the line that installs the missing ones is printed.",
  examples: ["demo"],
  async run(_, session) {
    prepareAutolog();
    autolog();
    const libraries = loadLibraries([...new Set(TRAININGS.map(({ library }) => library))]);
    for (const [name, cause] of libraries.broken) session.warn(`${name} cannot be loaded: ${String(cause)}`);
    if (libraries.loaded.size > 0) await train(libraries);
    printClosingWords(libraries, session);
    return libraries.broken.size > 0 ? 1 : 0;
  },
};

async function train({ loaded }: DemoLibraries): Promise<void> {
  setExperiment(EXPERIMENT);
  installLiveDisplay();
  const trainings = TRAININGS.filter(({ library }) => loaded.has(library));
  for (const training of trainings) await record(training, loaded.get(training.library));

  const mine = { experimentNames: [EXPERIMENT] };
  if (loaded.has("ml-regression") || loaded.has("ml-random-forest")) {
    const regressions = { ...mine, filter: "metrics.training_r2_score > 0", maxResults: 3 };
    await showRuns(await searchRuns(regressions), { title: "miles per gallon" });
  }
  await showRuns(await searchRuns({ ...mine, maxResults: trainings.length }), { title: "all runs of this demo" });
  await endRun();
}

/** One training in a run of its own name. On a terminal its card is live; elsewhere it is printed once, at the end. */
async function record({ runName, train: begin }: DemoTraining, library: unknown): Promise<void> {
  const run = startRun({ runName });
  await begin(library);
  await run.end();
  if (!process.stdout.isTTY) await showRun(run.id);
}

function printClosingWords({ loaded, missing }: DemoLibraries, session: Session): void {
  if (loaded.size > 0)
    session.print(`
The runs are in ${shortPlace(getTrackingUri())}.

  look at them   npx trackbook runs list
  read them      import { searchRuns } from "trackbook"; await searchRuns({ experimentNames: ["demo"] })
  from Python    MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ./mlruns
  your own       import { autolog } from "trackbook"; autolog(); and train as always
`);
  if (missing.length === 0) return;
  const others = loaded.size > 0 ? "For the other trainings" : "There is no library here to train with. To get them";
  session.print(`${others}, and then once more \`npx trackbook demo\`:\n\n  ${installLine(missing)}\n`);
}
