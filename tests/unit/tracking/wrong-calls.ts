import {
  deleteTag,
  logArtifact,
  logArtifacts,
  logDict,
  logFigure,
  logImage,
  logInput,
  logMetric,
  logMetrics,
  logParam,
  logParams,
  logTable,
  logText,
  setExperiment,
  setExperimentTag,
  setTag,
  setTags,
  setTrackingUri,
} from "../../../src/tracking";

/** What a caller without types might pass. */
export const anything = (value: unknown) => value as never;

/** Every logging verb that takes a name. */
export const NAMING_VERBS: readonly (readonly [string, (key: never) => void])[] = [
  ["logParam", (key) => logParam(key, 1)],
  ["logParams", (key) => logParams({ [String(key)]: 1 })],
  ["logMetric", (key) => logMetric(key, 1)],
  ["logMetrics", (key) => logMetrics({ [String(key)]: 1 })],
  ["setTag", (key) => setTag(key, 1)],
  ["setTags", (key) => setTags({ [String(key)]: 1 })],
  ["deleteTag", (key) => deleteTag(key)],
];

export const WRONG_NAMES: readonly string[] = [
  ...["", "a/../../b", "..", "/abs", "a//b", "a/", "a\0b", "<img src=x onerror=alert(1)>", "a\nb"],
  "k".repeat(251),
];
export const NO_NAMES: readonly unknown[] = [undefined, null, 7, {}, Symbol("s")];
/** Verbs of one name and a value, that take the name as it is. */
export const ONE_NAME_VERBS = [logMetric, deleteTag, logParam, setTag, setExperimentTag] as readonly ((
  key: never,
  value: number,
) => void)[];

export const NO_NUMBERS: readonly unknown[] = [{ a: 1 }, "0.5", undefined, null, [1], true, 1n];
export const NO_RECORDS: readonly unknown[] = [undefined, null, "a", ["a"], 3];
export const RECORD_VERBS = [logParams, logMetrics, setTags] as readonly ((record: never) => void)[];
export const WRONG_METRIC_OPTIONS: readonly unknown[] = [
  { step: 0.5 },
  { step: "1" },
  { step: 2 ** 53 },
  { timestamp: -1 },
  { stepp: 1 },
  3,
  null,
];

/** Every verb that takes the name of a file. */
export const FILE_VERBS: readonly (readonly [string, (file: never) => void])[] = [
  ["logText", (file) => logText("text", file)],
  ["logDict", (file) => logDict({}, file)],
  ["logFigure", (file) => logFigure("<svg/>", file)],
  ["logTable", (file) => logTable([{ a: 1 }], file)],
];
export const WRONG_FILES: readonly unknown[] = [
  ...["../up.json", "/etc/x.json", "", "a\\b.json", "C:/x.json", "a//b.json", 7, undefined],
];

/** Contents that are none, and what is no data set. */
export const WRONG_CONTENTS: readonly (() => void)[] = [
  () => logText(anything(7), "a.txt"),
  () => logDict(undefined, "a.json"),
  () => logDict(1n, "a.json"),
  () => logFigure(anything(7), "a.svg"),
  () => logTable([{ a: 1 }], "a.csv"),
  () => logTable(anything("text"), "a.json"),
  () => logTable(anything([1, 2]), "a.json"),
  () => logTable({ a: [1], b: [1, 2] }, "a.json"),
  () => logTable([{ a: 1n }], "a.json"),
  () => logImage(anything("text"), "a.png"),
  () => logImage(new Uint8Array([1, 2, 3]), "a.png"),
  () => logImage({ data: [1, 2, 3], width: 2, height: 2 }, "a.png"),
  () => logImage({ data: [1, 2, 3, 4], width: 2, height: 2 }, "a.png", anything({ stp: 1 })),
  () => logImage({ data: [1, 2, 3, 4], width: 2, height: 2 }, "key", { step: 0.5 }),
  () => logImage({ data: [1, 2, 3, 4], width: 2, height: 2 }, "key%"),
  () => logTable({ a: [1], b: anything(2) }, "a.json"),
  () => logInput(anything({}), {}),
  () => logInput({ name: "n", digest: "d", sourceType: "local", source: "{}" }, { tags: { a: "x".repeat(501) } }),
  () => logInput(anything(null)),
];

/** Local files that are none, and places among the artifacts that are none. */
export const WRONG_LOCAL_FILES: readonly (() => void)[] = [
  () => logArtifact("/no/such/file"),
  () => logArtifact(anything(7)),
  () => logArtifacts(__filename),
  () => logArtifact(__filename, "../up"),
  () => logArtifacts(__dirname, "/abs"),
];

export const WRONG_EXPERIMENTS: readonly unknown[] = [
  ...["", "x".repeat(501), 7, null, {}, { name: "a", experimentId: "1" }, { experimentId: 1 }, { nmae: "a" }],
];
export const WRONG_PLACES: readonly unknown[] = [7, "gopher://x"];

/** Each of these calls is to be refused at once, with INVALID_PARAMETER_VALUE. */
export const WRONG_CALLS: readonly (() => void)[] = [
  ...NAMING_VERBS.flatMap(([, verb]) => WRONG_NAMES.map((name) => () => verb(anything(name)))),
  ...ONE_NAME_VERBS.flatMap((verb) => NO_NAMES.map((name) => () => verb(anything(name), 1))),
  ...NO_NUMBERS.flatMap((value) => [
    () => logMetric("loss", anything(value)),
    () => logMetrics({ fine: 1, loss: anything(value) }),
  ]),
  ...WRONG_METRIC_OPTIONS.map((options) => () => logMetric("loss", 1, anything(options))),
  ...RECORD_VERBS.flatMap((verb) => NO_RECORDS.map((record) => () => verb(anything(record)))),
  ...FILE_VERBS.flatMap(([, verb]) => WRONG_FILES.map((file) => () => verb(anything(file)))),
  ...WRONG_CONTENTS,
  ...WRONG_LOCAL_FILES,
  ...WRONG_EXPERIMENTS.map((experiment) => () => setExperiment(anything(experiment))),
  ...WRONG_PLACES.map((place) => () => setTrackingUri(anything(place))),
  () => setExperimentTag("a//b", 1),
];
