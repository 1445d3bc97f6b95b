import { now, type RunData, type RunEntity, type RunInfo, type RunInputs, type RunOutputs } from "../../core";
import { makeRich } from "../../runtime";
import { requireView } from "../require-view";

/** A run as it was read: plain data that shows itself as a card where it is a cell's last expression. */
export class Run implements RunEntity {
  readonly info: RunInfo;
  readonly data: RunData;
  readonly inputs: RunInputs;
  readonly outputs: RunOutputs;

  /** @internal */
  constructor({ info, data, inputs, outputs }: RunEntity) {
    this.info = info;
    this.data = data;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  static {
    makeRich(Run.prototype, {
      render: (run, style) => {
        const { describeRun, render, runCardView } = requireView();
        const time = now();
        return render(runCardView, describeRun(run, { now: time }), { now: time, ...style });
      },
      summarize: ({ info }) => `Run ${info.runName} (${info.runId.slice(0, 8)}) ${info.status}`,
    });
  }
}
