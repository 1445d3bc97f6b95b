import { resolve } from "node:path";
import { existsSync } from "node:fs";
import { messages, StoreError, withoutCredentials } from "../../core";
import { openAnyTrackingStore } from "../../stores";
import { getTrackingUri } from "../../tracking";
import {
  deliverJournal,
  type FoundJournal,
  findJournals,
  shortFolder,
  spoolFolder,
  tryRefusedAgain,
} from "../../tracking/spool";
import { formatPlural } from "../../view";
import type { Command } from "../command";
import type { Session } from "../session";

interface Options {
  readonly dir?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly refused?: boolean;
}

/** `trackbook sync` */
export const syncSpool: Command<Options> = {
  argument: {
    name: "dir",
    description: "the spool (default: TRACKBOOK_SPOOL, else .trackbook/spool)",
    isOptional: true,
  },
  options: [
    { flags: "--dry-run", description: "only show what waits" },
    { flags: "--refused", description: "try again, too, what a server has refused for good" },
    { flags: "--force", description: "send, too, what a program on another machine may still be writing" },
  ],
  notes:
    "Sends what programs logged with TRACKBOOK_MODE=offline, or while the server was away: each record where it was meant for, or all to --tracking-uri.",
  examples: ["sync", "sync ./from-the-cluster --tracking-uri http://127.0.0.1:5000"],
  async run({ dir, trackingUri, dryRun = false, force = false, refused = false }, session) {
    // Who asks for it can ask again: MLflow's minutes of trying are for programs.
    process.env.MLFLOW_HTTP_REQUEST_MAX_RETRIES ??= "1";
    // Who is asking is in no journal.
    if (process.env.MLFLOW_TRACKING_URI) openAnyTrackingStore(getTrackingUri());
    const spool = dir === undefined ? spoolFolder() : resolve(dir);
    if (dir !== undefined && !existsSync(spool)) throw new StoreError(messages.noSpoolFolder(dir));
    const journals = findJournals(spool);
    if (journals.length === 0) session.say(`Nothing waits in ${shortFolder(spool)}.`);
    let failures = 0;
    for (const journal of journals) {
      const target = trackingUri ?? journal.info.uri;
      const { host, pid } = journal.info;
      if (journal.writer === "here") session.say(`${journal.name} is being written by process ${pid}, which sends it.`);
      // Nobody writes a copy.
      else if (journal.writer === "elsewhere" && !journal.isCopy && !force)
        session.say(
          `${journal.name} may still be written by process ${pid} on ${host}, which was heard of within the hour; --force sends it all the same.`,
        );
      else if (dryRun) session.print(`${journal.name} waits for ${withoutCredentials(target)}`);
      else {
        if (refused) tryRefusedAgain(journal);
        if (!(await send(spool, journal, target, session))) failures++;
      }
    }
    return failures === 0 ? 0 : 1;
  },
};

async function send(spool: string, journal: FoundJournal, target: string, session: Session): Promise<boolean> {
  try {
    const delivery = await deliverJournal(spool, journal, target);
    if (delivery === undefined) {
      session.say(`${journal.name} is being sent by another process.`);
      return true;
    }
    const { refusals, kept, damaged } = delivery;
    session.print(`${journal.name} was sent to ${withoutCredentials(target)}`);
    for (const { what, run, error, isDamage } of refusals)
      session.warn(
        isDamage ? error.message : `${what}${run === undefined ? "" : ` of run ${run}`} was refused: ${error.message}`,
      );
    if (kept > 0)
      session.warn(
        `${formatPlural(kept, "refused write")} kept in ${shortFolder(journal.folder)}/refused.jsonl; --refused tries again`,
      );
    if (damaged.length > 0)
      session.warn(`${formatPlural(damaged.length, "damaged record")} kept in ${shortFolder(journal.folder)}`);
    return refusals.length === 0;
  } catch (error) {
    session.warn(`${journal.name} stays where it is: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
