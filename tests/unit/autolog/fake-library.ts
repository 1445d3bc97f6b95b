import type { Integration, TrainingCall, TrainingOutcome, TrainingPlan } from "../../../src/libraries";
import { isRecorded, recordTraining } from "../../../src/autolog/recording/record-training";

/** What a test wants of its training. */
export interface Wanted {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly epochs?: number;
  readonly data?: TrainingPlan["data"];
  readonly outcome?: TrainingOutcome;
  /** What happens in each epoch. */
  readonly onEpoch?: (epoch: number) => unknown;
  /** Parts of the descriptor that are to be otherwise. */
  readonly begin?: (plan: TrainingPlan) => TrainingPlan | undefined;
}

/** A model of the fake library. */
export class Net {
  weights = [1, 2, 3];
}

/** A library whose models train for some epochs, one turn of the event loop each. */
export const FAKE: Integration = {
  name: "ml-fake",
  packages: {},
  trainings: [],
  flavor: {
    name: "ml-fake",
    recognises: (model): model is Net => model instanceof Net,
    snapshot: (model) => ({
      files: [{ path: "weights.json", bytes: JSON.stringify((model as Net).weights) }],
      config: {},
    }),
  },
};

/** Trains as a hooked library does. */
export function train(model: Net, wanted: Wanted = {}, integration: Integration = FAKE): Promise<string> {
  const { epochs = 1, onEpoch = () => {} } = wanted;
  let progress: TrainingCall["progress"] | undefined;
  const original = async () => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      await null;
      await onEpoch(epoch);
      progress?.epoch(epoch, { loss: 1 / (epoch + 1) });
    }
    return "trained";
  };
  if (!isRecorded(integration.name, model)) return original();
  const begin = (call: TrainingCall) => {
    progress = call.progress;
    return plan(wanted);
  };
  return recordTraining(caught(integration, begin, model), original) as Promise<string>;
}

/** The same for a training that returns at once. */
export function trainNow(model: Net, wanted: Wanted = {}, integration: Integration = FAKE): string {
  const original = () => {
    wanted.onEpoch?.(0);
    return "trained";
  };
  if (!isRecorded(integration.name, model)) return original();
  return recordTraining(
    caught(integration, () => plan(wanted), model),
    original,
  ) as string;
}

const caught = (integration: Integration, begin: (call: TrainingCall) => TrainingPlan | undefined, self: object) => ({
  integration,
  begin,
  library: undefined,
  libraryVersion: undefined,
  estimator: "Net",
  method: "fit",
  self,
  args: [],
  lost: [],
});

function plan({
  params = {},
  epochs = 1,
  data,
  outcome = {},
  begin = (made) => made,
}: Wanted): TrainingPlan | undefined {
  return begin({ estimatorName: "Net", params: { epochs, ...params }, epochs, data, finish: () => outcome });
}
