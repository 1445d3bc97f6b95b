import { resolve } from "node:path";
import { deliverJournal, type FoundJournal, findJournals, shortFolder, spoolFolder } from "../../tracking/spool";
import { formatPlural } from "../../view";
import type { Command } from "../command";
import type { Session } from "../session";

interface Options {
  readonly dir?: string;
  readonly dryRun?: boolean;
}

/** `trackbook sync` */
export const syncSpool: Command<Options> = {
  argument: {
    name: "dir",
    description: "the spool (default: TRACKBOOK_SPOOL, else .trackbook/spool)",
    isOptional: true,
  },
  options: [{ flags: "--dry-run", description: "only show what waits" }],
  notes:
    "Sends what programs logged with TRACKBOOK_MODE=offline, or while the server was away: each record where it was meant for, or all to --tracking-uri.",
  examples: ["sync", "sync ./from-the-cluster --tracking-uri http://127.0.0.1:5000"],
  async run({ dir, dryRun = false, trackingUri }, session) {
    // Who asks for it can ask again: MLflow's minutes of trying are for programs.
    process.env.MLFLOW_HTTP_REQUEST_MAX_RETRIES ??= "1";
    const spool = dir === undefined ? spoolFolder() : resolve(dir);
    const journals = findJournals(spool);
    if (journals.length === 0) session.say(`Nothing waits in ${shortFolder(spool)}.`);
    let failures = 0;
    for (const journal of journals) {
      const target = trackingUri ?? journal.info.uri;
      if (journal.isInUse)
        session.say(`${journal.name} is being written by process ${journal.info.pid}, which sends it.`);
      else if (dryRun) session.print(`${journal.name} waits for ${target}`);
      else if (!(await send(spool, journal, target, session))) failures++;
    }
    return failures === 0 ? 0 : 1;
  },
};

async function send(spool: string, journal: FoundJournal, target: string, session: Session): Promise<boolean> {
  try {
    const refusals = await deliverJournal(spool, journal, target);
    if (refusals === undefined) {
      session.say(`${journal.name} is being sent by another process.`);
      return true;
    }
    session.print(`${journal.name} was sent to ${target}`);
    for (const { what, run, error } of refusals)
      session.warn(`${what}${run === undefined ? "" : ` of run ${run}`} was refused: ${error.message}`);
    if (refusals.length > 0)
      session.warn(`${formatPlural(refusals.length, "write")} kept in ${shortFolder(journal.folder)}/refused.jsonl`);
    return refusals.length === 0;
  } catch (error) {
    session.warn(`${journal.name} stays where it is: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
