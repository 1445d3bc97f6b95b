import { constants, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  messages,
  newRunId,
  randomUuid,
  type RunEntity,
  StoreError,
  type Tag,
  type TrackbookError,
  withoutCredentials,
} from "../../core";
import { makeFolder } from "../../core/disk";
import { openRegistryStore, RUN_KEY } from "../../stores";
import type { ExperimentChoice } from "../experiment-choice";
import { copiesOf, type FileAction } from "../files";
import { Bridge } from "./bridge";
import type { Event } from "./bridge-messages";
import type { Confirmed, FileOwner, Lost, RunDraft, StoreSpool } from "../recording-store";
import { damagedFiles, DeliveryState, readRefused } from "./delivery-state";
import { JournalWriter, type Position } from "./journal";
import { closeJournal, keepJournal, openJournal } from "./journal-info";
import { type Operation, UNKNOWN_PLACE } from "./operations";
import { fromSentError } from "./problem-transfer";
import { newJournalName, shortFolder, spoolFolder } from "./spool-folder";

/** Larger contents lie in files of their own. */
const INLINE_BYTES = 64 * 1024;

/** How long a server may take to answer before the program goes on, or ends, without it, in milliseconds. */
function patience(): number {
  const given = Number(process.env.TRACKBOOK_CONNECT_TIMEOUT || Number.NaN);
  return Number.isFinite(given) && given >= 0 ? given : 2000;
}

export interface SpoolOptions {
  /** The server, or whatever the journal is to be delivered to. */
  readonly uri: string;
  /** TRACKBOOK_MODE=offline: nothing is sent by this process. */
  readonly isOffline: boolean;
}

/** The spool of one store: the journal that this process writes, and the thread that delivers it. */
export class Spool implements StoreSpool {
  readonly uri: string;
  readonly isOffline: boolean;
  readonly bridge: Bridge;
  #folder = newFolder();
  readonly #confirmed = new Map<string, Confirmed>();
  readonly #provisional = new Set<string>();
  /** The runs that this process has opened. */
  readonly #own = new Set<string>();
  /** What has made the runs and models under ids of ours, by which a further journal can name them. */
  readonly #creations: Operation[] = [];
  #lost: Lost[] = [];
  #writer: JournalWriter | undefined;
  #hasLeft = false;
  #files = 0;
  #appended = 0;

  constructor({ uri, isOffline }: SpoolOptions) {
    this.uri = uri;
    this.isOffline = isOffline;
    const start = { uri, spool: spoolFolder(), folder: this.#folder, patience: patience() };
    this.bridge = new Bridge(start, (event) => this.#hear(event));
    // The thread does it where there is one.
    if (isOffline) keepJournal(() => this.#folder);
    else this.bridge.begin();
  }

  append(operation: Operation, payload?: Uint8Array): void {
    this.#journal().append(operation, payload);
    if (operation.op === "createRun" || operation.op === "createModel") this.#creations.push(operation);
    this.#appended += 1;
    if (!this.isOffline) this.bridge.poke();
  }

  /** What is written after the process has taken its leave goes into a journal of its own: others may be at the one before. */
  #journal(): JournalWriter {
    if (this.#writer) return this.#writer;
    if (this.#hasLeft) {
      this.#hasLeft = false;
      this.#folder = newFolder();
      if (!this.isOffline) this.bridge.goOn(this.#folder);
    }
    openJournal(this.#folder, this.uri);
    this.#writer = new JournalWriter(this.#folder);
    for (const creation of this.#creations) this.#writer.append(creation);
    return this.#writer;
  }

  openRun(experiment: ExperimentChoice, draft: RunDraft, { mayWait }: { readonly mayWait: boolean }) {
    const keyed = { ...draft, tags: [...draft.tags, { key: RUN_KEY, value: randomUuid() }] };
    if (this.isOffline) return this.#openHere(experiment, keyed);
    try {
      const opened = this.bridge.openRun(experiment, keyed, mayWait) as ReturnType<StoreSpool["openRun"]>;
      this.#own.add(opened.run.info.runId);
      return opened;
    } catch (error) {
      if (!mayWait || !(error instanceof StoreError) || error.code === "RESOURCE_DOES_NOT_EXIST") throw error;
      return this.#openHere(experiment, keyed);
    }
  }

  /** The server is told later. */
  #openHere(experiment: ExperimentChoice, draft: RunDraft): ReturnType<StoreSpool["openRun"]> {
    const run = newRunId();
    this.#provisional.add(run);
    this.append({ op: "createRun", run, experiment, draft });
    const { name, experimentId } = experiment;
    const known = {
      experimentId: experimentId ?? "",
      name: name ?? (experimentId === undefined ? "Default" : experimentId),
    };
    return { run: provisionalRun(run, known.experimentId, draft), experiment: known };
  }

  /** An id of ours for a model that the server is told of later. */
  newModel(id: string): void {
    this.#provisional.add(id);
  }

  confirmed(id: string): Confirmed | undefined {
    return this.#confirmed.get(id);
  }

  isOwn(run: string): boolean {
    return this.#own.has(run);
  }

  isProvisional(id: string): boolean {
    return this.#provisional.has(id);
  }

  placeOf(modelId: string): string {
    return this.#confirmed.get(modelId)?.artifactUri ?? `${UNKNOWN_PLACE}${modelId}`;
  }

  keepFile(owner: FileOwner, action: FileAction): void {
    if (action.kind === "table") {
      if (!("run" in owner)) throw new StoreError(messages.storeFailed("tables belong to runs."));
      this.append({ op: "appendTable", run: owner.run, path: action.path }, Buffer.from(JSON.stringify(action.table)));
    } else if (action.kind === "content") {
      const bytes = Buffer.from(action.content as string);
      if (bytes.byteLength <= INLINE_BYTES) this.append({ op: "writeFile", owner, path: action.path }, bytes);
      else this.#keepLarge(owner, action.path, (target) => writeFileSync(target, bytes));
    } else
      for (const { localFile, path } of copiesOf(action))
        this.#keepLarge(owner, path, (target) => copyFileSync(localFile, target, constants.COPYFILE_FICLONE));
  }

  #keepLarge(owner: FileOwner, path: string, write: (target: string) => void): void {
    this.#journal();
    const file = join("files", String(++this.#files));
    makeFolder(join(this.#folder, "files"));
    write(join(this.#folder, file));
    this.append({ op: "writeFile", owner, path, file });
  }

  removeFile(owner: FileOwner, path: string): void {
    this.append({ op: "removeFile", owner, path });
  }

  register(model: string, name: string, registryUri: string): void {
    this.append({ op: "register", model, name, registryUri: openRegistryStore(registryUri).uri });
  }

  tagExperiment(experiment: ExperimentChoice, tags: readonly Tag[]): void {
    this.append({ op: "tagExperiment", experiment, tags });
  }

  async delivered(): Promise<void> {
    if (this.isOffline || this.#appended === 0) return;
    const count = this.#appended;
    try {
      await this.bridge.flush();
    } catch (cause) {
      throw new StoreError(
        messages.staysSpooled(count, this.uri, shortFolder(this.#folder), (cause as TrackbookError).problem.what),
        {
          cause,
        },
      );
    }
  }

  takeLost(runs?: readonly string[]): readonly Lost[] {
    const isAsked = ({ run }: Lost): boolean => runs === undefined || (run !== undefined && runs.includes(run));
    const taken = this.#lost.filter(isAsked);
    this.#lost = this.#lost.filter((one) => !isAsked(one));
    return taken;
  }

  leave(): void {
    if (!this.#writer) return;
    const { end } = this.#writer;
    this.#writer.close();
    this.#writer = undefined;
    const isDelivered = !this.isOffline && this.bridge.flushNow(patience()) && isReadTo(this.#folder, end);
    const refused = readRefused(this.#folder).length;
    const damaged = damagedFiles(this.#folder).length;
    const place = shortFolder(this.#folder);
    const server = withoutCredentials(this.uri);
    if (isDelivered && refused + damaged === 0) rmSync(this.#folder, { recursive: true, force: true });
    else closeJournal(this.#folder);
    if (!isDelivered)
      say(
        `what was logged stays in ${place}; "npx trackbook sync" sends it to ${server}, and so does the next program here that logs there`,
      );
    if (refused > 0)
      say(`${server} has refused ${refused} of what was logged: that and why is kept in ${place}/refused.jsonl`);
    if (damaged > 0) say(`what a disk has damaged before it was sent is kept in ${place}`);
    this.#hasLeft = true;
  }

  #hear(event: Event): void {
    if (event.kind === "confirmed") {
      this.#confirmed.set(event.ours, event.theirs);
      this.#provisional.delete(event.ours);
    } else if (event.kind === "refused")
      this.#lost.push({ run: event.run, what: event.what, error: fromSentError(event.error) });
  }
}

/** A disk may have damaged what was written a moment ago: where the thread could read no further, the rest is still to be sent. */
function isReadTo(folder: string, end: Position): boolean {
  const { segment, offset } = new DeliveryState(folder).position;
  return segment === end.segment && offset === end.offset;
}

const newFolder = (): string => join(spoolFolder(), newJournalName());

const say = (text: string): void => void process.stderr.write(`trackbook: ${text}\n`);

function provisionalRun(runId: string, experimentId: string, draft: RunDraft): RunEntity {
  return {
    info: {
      runId,
      runName: draft.runName,
      experimentId,
      userId: draft.userId,
      status: "RUNNING",
      startTime: draft.startTime,
      artifactUri: `${UNKNOWN_PLACE}${runId}`,
      lifecycleStage: "active",
    },
    data: {
      params: {},
      metrics: {},
      tags: Object.fromEntries(draft.tags.map(({ key, value }) => [key, value])),
      latestMetrics: [],
    },
    inputs: { datasetInputs: [], modelInputs: [] },
    outputs: { modelOutputs: [] },
  };
}
