import { existsSync } from "node:fs";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { knownCredentials } from "../../core/credentials";
import { type AnyTrackingStore, openAnyTrackingStore } from "../../stores";
import { findExperiment } from "../experiment-choice";
import { type Answer, type BridgeStart, type Event, type Request, Signal } from "./bridge-messages";
import { Deliverer } from "./deliverer";
import { DeliveryState } from "./delivery-state";
import { JournalReader } from "./journal";
import { keepJournal } from "./journal-info";
import { toSentError } from "./problem-transfer";
import { deliverJournal } from "./replay";
import { noteOpening } from "./run-openings";
import { findJournals } from "./spool-folder";

const { uri, credentials, folder, spool, signals, patience, answers } = workerData as BridgeStart & {
  readonly answers: MessagePort;
};
for (const [place, secret] of credentials) knownCredentials.set(place, secret);
const flags = new Int32Array(signals);
const store = openAnyTrackingStore(uri);
const tell = (event: Event): void => parentPort?.postMessage(event);

/** Waits between attempts while a server does not take what waits, in milliseconds. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;

/** Runs that are being opened: whether somebody still waits. */
const openings = new Map<number, { isAbandoned: boolean }>();
/** The run that was opened last, and by which call: whoever asked may have gone just before the answer came. */
let opened: { readonly id: number; readonly runId: string } | undefined;
/** The journals of this process, in order: what the last one holds may need what the others have made. */
const journals: { readonly folder: string; deliverer?: Deliverer }[] = [{ folder }];
let delivery: Promise<void> | undefined;
let isMoreThere = false;
let wait = FIRST_WAIT;
let retry: NodeJS.Timeout | undefined;

function answer(message: Answer): void {
  answers.postMessage(message);
  Atomics.store(flags, Signal.answered, message.id);
  Atomics.notify(flags, Signal.answered);
}

async function answerWith(id: number, ask: () => Promise<unknown>): Promise<void> {
  try {
    answer({ id, value: await ask() });
  } catch (error) {
    answer({ id, error: toSentError(error) });
  }
}

/** All that is in the journal by now is delivered, or why it is not. */
async function deliver(): Promise<void> {
  isMoreThere = true;
  delivery ??= deliverRounds().finally(() => {
    delivery = undefined;
  });
  return delivery;
}

async function deliverRounds(): Promise<void> {
  clearTimeout(retry);
  try {
    while (isMoreThere) {
      isMoreThere = false;
      for (const journal of journals) {
        if (!existsSync(journal.folder)) continue;
        journal.deliverer ??= delivererOf(journal.folder);
        await journal.deliverer.deliverAll();
      }
    }
    wait = FIRST_WAIT;
  } catch (error) {
    retry = setTimeout(() => void deliver().catch(() => {}), wait).unref();
    wait = Math.min(LONGEST_WAIT, wait * 2);
    throw error;
  }
}

function delivererOf(folder: string): Deliverer {
  const state = new DeliveryState(folder);
  return new Deliverer({
    store,
    folder,
    reader: new JournalReader(folder, state.position),
    state,
    isReplay: false,
    onRefusal: ({ run, what, error }) =>
      tell({ kind: "refused", what, error: toSentError(error), ...(run !== undefined && { run }) }),
    onConfirmed: (ours, theirs) => tell({ kind: "confirmed", ours, theirs }),
  });
}

/** Tries again for a while before it says that the server does not take it. */
async function flush(id: number): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      await deliver();
      end(id);
      return;
    } catch (error) {
      if (performance.now() > deadline) {
        end(id, error);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT));
    }
  }
}

function end(id: number, error?: unknown): void {
  tell({ kind: "flushed", id, ...(error !== undefined && { error: toSentError(error) }) });
  Atomics.store(flags, Signal.flushed, error === undefined ? id : -id);
  Atomics.notify(flags, Signal.flushed);
}

async function openRun({ id, experiment: choice, draft }: Extract<Request, { kind: "openRun" }>): Promise<unknown> {
  const opening = { isAbandoned: false };
  openings.set(id, opening);
  try {
    const experiment = await findExperiment(store, choice);
    const run = await store.createRun({ ...draft, experimentId: experiment.experimentId });
    opened = { id, runId: run.info.runId };
    if (opening.isAbandoned) await store.deleteRun(run.info.runId);
    return { run, experiment };
  } finally {
    openings.delete(id);
  }
}

async function abandon(id: number): Promise<void> {
  const opening = openings.get(id);
  if (opening) opening.isAbandoned = true;
  else if (opened?.id === id) await store.deleteRun(opened.runId);
}

async function call({ method, args, isAfterDelivery }: Extract<Request, { kind: "call" }>): Promise<unknown> {
  if (isAfterDelivery) await deliver();
  const operation = store[method as keyof AnyTrackingStore] as unknown as (...args: unknown[]) => unknown;
  return operation(...args);
}

/** What earlier programs have left here for the same server. */
async function deliverLeft(): Promise<void> {
  for (const left of findJournals(spool))
    if (left.writer === "nobody" && left.info.uri === store.uri)
      // One that the server does not take keeps no other from being tried.
      await deliverJournal(spool, left, uri).catch(() => {});
}

parentPort?.on("message", (request: Request) => {
  switch (request.kind) {
    case "call":
      void answerWith(request.id, () => call(request));
      break;
    case "openRun":
      void answerWith(request.id, () => noteOpening(request.draft, openRun(request)));
      break;
    case "abandon":
      abandon(request.id).catch(() => {});
      break;
    case "journal":
      journals.push({ folder: request.folder });
      break;
    case "appended":
      // While a server is away it is not asked with each write.
      if (wait === FIRST_WAIT) deliver().catch(() => {});
      break;
    case "flush":
      void flush(request.id);
      break;
  }
});

keepJournal(() => journals.at(-1)?.folder ?? folder);
deliverLeft().catch(() => {});
