import type { Metric, RunEntity, RunInfo, RunInputs, RunOutputs, RunStatus } from "../../../core";
import { ownValue } from "../../../search";
import { setOwn } from "../files";
import { METRICS_FOLDER, PARAMS_FOLDER, TAGS_FOLDER } from "../layout";
import type { Stamp } from "../stamps";
import { NumberColumn } from "./number-column";
import { TextPool } from "./text-pool";

/** Of runs: start and end; of entries: stamp; of points: the rest. Times in epoch ms. */
const FLOATS = ["startTime", "endTime", "stamp", "value", "timestamp", "step"] as const;
/**
 * Of runs: numbers of texts (`links` is JSON of inputs and outputs) and where their entries begin; of entries: the path below
 * the run's folder, and the number of a text or point; of points: `name digest` of a data set.
 */
const WORDS = [
  ...(["runId", "runName", "userId", "artifactUri", "links", "firstEntry"] as const),
  ...(["path", "content", "dataset"] as const),
];
const STATUSES: readonly RunStatus[] = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];
const DELETED = 8;
/** An entry's content where it has none: a folder, a meta.yaml, a file that was not there. */
const NOTHING = 0xffffffff;

/** The arrays that {@link RunColumns} is made of. */
export interface RunArrays {
  readonly floats: readonly Float64Array[];
  readonly words: readonly Uint32Array[];
  readonly bytes: readonly Uint8Array[];
}

/** How many arrays there are of each type. The words end with those of two text pools, the bytes as well. */
export const ARRAY_COUNTS = { floats: FLOATS.length, words: WORDS.length + 2, bytes: 3 } as const;

type FloatColumns = Readonly<Record<(typeof FLOATS)[number], NumberColumn<Float64Array>>>;
type WordColumns = Readonly<Record<(typeof WORDS)[number], NumberColumn<Uint32Array>>>;

/**
 * Many runs, column by column. Each has a record, with an entry for every file and folder that was looked at to read the run:
 * its stamp and, for a param, metric or tag, its content. A record never changes: a run that is read anew gets another.
 */
export class RunColumns {
  readonly #floats: FloatColumns;
  readonly #words: WordColumns;
  /** Status and life-cycle stage. */
  readonly #states: NumberColumn<Uint8Array>;
  readonly #paths: TextPool;
  readonly #texts: TextPool;

  constructor({ floats, words, bytes }: RunArrays = { floats: [], words: [], bytes: [] }) {
    this.#floats = columnsOf(FLOATS, (index) => floats[index] ?? new Float64Array(0));
    this.#words = columnsOf(WORDS, (index) => words[index] ?? new Uint32Array(0));
    this.#states = new NumberColumn(bytes[0] ?? new Uint8Array(0));
    this.#paths = new TextPool(bytes[1], words[WORDS.length]);
    this.#texts = new TextPool(bytes[2], words[WORDS.length + 1]);
  }

  /** Everything, for the constructor. */
  arrays(): RunArrays {
    const paths = this.#paths.encode();
    const texts = this.#texts.encode();
    return {
      floats: FLOATS.map((name) => this.#floats[name].values()),
      words: [...WORDS.map((name) => this.#words[name].values()), paths.ends, texts.ends],
      bytes: [this.#states.values(), paths.bytes, texts.bytes],
    };
  }

  /** How many records there are. */
  get count(): number {
    return this.#states.length;
  }

  /** How many entries all records together have. */
  get entryCount(): number {
    return this.#words.path.length;
  }

  /** Adds a run that was read while looking at these paths below its folder. Answers its record. */
  add({ info, data, inputs, outputs }: RunEntity, entries: Iterable<readonly [path: string, stamp: Stamp]>): number {
    const words = this.#words;
    words.firstEntry.push(this.entryCount);
    const points = new Map(data.latestMetrics.map((point) => [point.key, point]));
    for (const [path, stamp] of entries) {
      words.path.push(this.#paths.find(path) ?? this.#paths.add(path));
      this.#floats.stamp.push(stamp);
      const [kind, key] = splitPath(path);
      const point = kind === METRICS_FOLDER ? points.get(key) : undefined;
      const text = ownValue(kind === PARAMS_FOLDER ? data.params : kind === TAGS_FOLDER ? data.tags : {}, key);
      words.content.push(point ? this.#addPoint(point) : text === undefined ? NOTHING : this.#texts.add(text));
    }
    this.#floats.startTime.push(info.startTime);
    this.#floats.endTime.push(info.endTime ?? Number.NaN);
    for (const key of ["runId", "runName", "userId", "artifactUri"] as const)
      words[key].push(this.#texts.add(info[key]));
    words.links.push(this.#texts.add(JSON.stringify({ inputs, outputs })));
    this.#states.push(STATUSES.indexOf(info.status) + (info.lifecycleStage === "deleted" ? DELETED : 0));
    return this.count - 1;
  }

  #addPoint({ value, timestamp, step, datasetName, datasetDigest }: Metric): number {
    this.#floats.value.push(value);
    this.#floats.timestamp.push(timestamp);
    this.#floats.step.push(step);
    this.#words.dataset.push(this.#texts.add(datasetName === undefined ? "" : `${datasetName} ${datasetDigest}`));
    return this.#words.dataset.length - 1;
  }

  runId(record: number): string {
    return this.#texts.get(this.#words.runId.at(record));
  }

  /** What the run's meta.yaml says of it (the name: or its tag). The experiment is the folder around it. */
  info<Key extends Exclude<keyof RunInfo, "experimentId">>(record: number, key: Key): RunInfo[Key];
  info(record: number, key: Exclude<keyof RunInfo, "experimentId">): RunInfo[keyof RunInfo] {
    const state = this.#states.at(record);
    switch (key) {
      case "status":
        return STATUSES[state % DELETED];
      case "lifecycleStage":
        return state >= DELETED ? "deleted" : "active";
      case "startTime":
        return this.#floats.startTime.at(record);
      case "endTime": {
        const time = this.#floats.endTime.at(record);
        return Number.isNaN(time) ? undefined : time;
      }
      default:
        return this.#texts.get(this.#words[key].at(record));
    }
  }

  /** The first entry of a record; they end where those of the next record begin. */
  firstEntry(record: number): number {
    return record === this.count ? this.entryCount : this.#words.firstEntry.at(record);
  }

  /** The entry of a path in a record; `undefined` when that path was not looked at. */
  entryOf(record: number, path: string): number | undefined {
    const id = this.#paths.find(path);
    if (id === undefined) return undefined;
    const end = this.firstEntry(record + 1);
    for (let entry = this.firstEntry(record); entry < end; entry++) if (this.#words.path.at(entry) === id) return entry;
    return undefined;
  }

  /** An entry's path below the run's folder. */
  path(entry: number): string {
    return this.#paths.get(this.#words.path.at(entry));
  }

  stamp(entry: number): Stamp {
    return this.#floats.stamp.at(entry);
  }

  /** The text of a param's or tag's entry. */
  text(entry: number): string | undefined {
    const content = this.#words.content.at(entry);
    return content === NOTHING ? undefined : this.#texts.get(content);
  }

  /** The latest value of a metric's entry. */
  value(entry: number): number | undefined {
    const content = this.#words.content.at(entry);
    return content === NOTHING ? undefined : this.#floats.value.at(content);
  }

  links(record: number): { readonly inputs: RunInputs; readonly outputs: RunOutputs } {
    return JSON.parse(this.#texts.get(this.#words.links.at(record)));
  }

  /** The paths and stamps of a record, as {@link add} took them. */
  *entries(record: number): Generator<readonly [path: string, stamp: Stamp]> {
    const end = this.firstEntry(record + 1);
    for (let entry = this.firstEntry(record); entry < end; entry++) yield [this.path(entry), this.stamp(entry)];
  }

  /** The run whole, as {@link add} took it. */
  run(record: number, experimentId: string): RunEntity {
    const params: Record<string, string> = {};
    const metrics: Record<string, number> = {};
    const tags: Record<string, string> = {};
    const latestMetrics: Metric[] = [];
    const runId = this.runId(record);
    const end = this.firstEntry(record + 1);
    for (let entry = this.firstEntry(record); entry < end; entry++) {
      const content = this.#words.content.at(entry);
      if (content === NOTHING) continue;
      const [kind, key] = splitPath(this.path(entry));
      if (kind === METRICS_FOLDER) {
        const point = this.#point(content, key, runId);
        latestMetrics.push(point);
        setOwn(metrics, key, point.value);
      } else setOwn(kind === PARAMS_FOLDER ? params : tags, key, this.#texts.get(content));
    }
    const info: RunInfo = {
      runId,
      runName: this.info(record, "runName"),
      experimentId,
      userId: this.info(record, "userId"),
      status: this.info(record, "status"),
      startTime: this.info(record, "startTime"),
      endTime: this.info(record, "endTime"),
      artifactUri: this.info(record, "artifactUri"),
      lifecycleStage: this.info(record, "lifecycleStage"),
    };
    return { info, data: { params, metrics, tags, latestMetrics }, ...this.links(record) };
  }

  #point(id: number, key: string, runId: string): Metric {
    const point = {
      key,
      value: this.#floats.value.at(id),
      timestamp: this.#floats.timestamp.at(id),
      step: this.#floats.step.at(id),
      runId,
    };
    const dataset = this.#texts.get(this.#words.dataset.at(id));
    if (dataset === "") return point;
    const [datasetName, datasetDigest] = dataset.split(" ");
    return { ...point, datasetName, datasetDigest };
  }
}

function columnsOf<Name extends string, A extends Float64Array | Uint32Array>(
  names: readonly Name[],
  array: (index: number) => A,
): Readonly<Record<Name, NumberColumn<A>>> {
  const columns = names.map((name, index) => [name, new NumberColumn(array(index))]);
  return Object.fromEntries(columns) as Record<Name, NumberColumn<A>>;
}

/** `["metrics", "val/loss"]` of `metrics/val/loss`. */
function splitPath(path: string): [kind: string, key: string] {
  const slash = path.indexOf("/");
  return slash < 0 ? [path, ""] : [path.slice(0, slash), path.slice(slash + 1)];
}
