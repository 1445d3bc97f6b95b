/** What is put into the store. Doubles are text, so that JSON can carry NaN and infinities. */

export interface RunToFill {
  readonly name: string;
  readonly user: string;
  readonly status: string;
  readonly start: number;
  readonly end: number | null;
  readonly metrics: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly datasets: readonly (readonly [name: string, digest: string, context: string | null])[];
}

const LOSSES = ["0.5", "NaN", "0.25", "-1", "0", "1e-7", "Infinity", "-Infinity", "1e20", "0.5"];
const OPTIMIZERS = [
  "adam",
  "Adam",
  "sgd",
  "SGD_momentum",
  "it's",
  'say "hi"',
  "100%",
  "a_b",
  "aXb",
  "",
  "é",
  "日本",
  "🎈",
  "\ufffd",
];
const STATUSES = ["FINISHED", "FAILED", "KILLED"];

/** Thirty runs: ties in time, keys that only some have, NaN, infinities, quotes, wildcards, letters of both cases. */
export const RUNS: readonly RunToFill[] = Array.from({ length: 30 }, (_, index) => ({
  name: index % 5 === 0 ? `Trial ${index}` : `trial-${index % 4}`,
  user: index % 3 === 0 ? "ada" : "Grace",
  status: STATUSES[index % STATUSES.length] as string,
  start: 1_000 + 10 * (index % 6),
  end: index % 4 === 0 ? null : 2_000 - index,
  metrics: {
    ...(index % 3 !== 2 && { loss: LOSSES[index % LOSSES.length] as string }),
    ...(index % 2 === 0 && { "val/loss": String(index / 8) }),
    "a.b": String(index % 5),
    ...(index % 7 === 0 && { "two words": "3" }),
  },
  params: {
    ...(index % 8 !== 7 && { optimizer: OPTIMIZERS[index % OPTIMIZERS.length] as string }),
    depth: String(index),
    ...(index % 2 === 1 && { "weird-key": "x" }),
  },
  tags: {
    ...(index % 3 === 0 && { team: index % 2 === 0 ? "Vision" : "vision" }),
    "mlflow.note.content": `line ${index}\nsecond line`,
  },
  datasets: [
    ...(index % 3 === 1 ? [["iris", `d${index % 2}`, "train"] as const] : []),
    ...(index % 6 === 1 ? [["Cars", "c0", "eval"] as const] : []),
    ...(index % 10 === 9 ? [["iris", "d9", null] as const] : []),
  ],
}));

export const EXPERIMENTS = [
  { name: "alpha", tags: { team: "vision" } },
  { name: "Alpha two", tags: { team: "Vision", empty: "" } },
  { name: "beta_1", tags: {} },
  { name: "betaX1", tags: { "a b": "c" } },
];

export const MODELS = Array.from({ length: 12 }, (_, index) => ({
  name: index % 3 === 0 ? `forest_${index % 2}` : `Linear_${index % 2}`,
  type: index % 4 === 0 ? null : `type${index % 3}`,
  tags: index % 2 === 0 ? { team: "vision" } : {},
  params: { depth: String(index % 5) },
  metrics: [
    ...(index % 2 === 0 ? [["rmse", index / 4, "cars", "c0", 0]] : []),
    ...(index % 3 === 0 ? [["rmse", 5 - index / 4, "iris", "d0", 1]] : []),
    ...(index % 5 === 0 ? [["r2", 0.5, "cars", "c1", 0]] : []),
  ],
}));
