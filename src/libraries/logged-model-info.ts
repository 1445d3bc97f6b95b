import { now } from "../core";
import type { ModelSignature } from "../models";
import { makeRich } from "../runtime";
import { requireView } from "../tracking";
import type { ModelCard } from "../view";

/** What `logModel` has logged: plain data that shows itself as a card where it is a cell's last expression. */
export interface LoggedModelInfo {
  readonly modelId: string;
  /** `models:/m-…` */
  readonly modelUri: string;
  readonly runId: string;
  /** The folder below the run's artifacts: the name as given, or with `-2`, `-3`, … where the run has such a model already. */
  readonly name: string;
  readonly signature: ModelSignature | undefined;
  /** The version as which it was registered, when `registeredModelName` asked for that. */
  readonly registeredModelVersion?: number;
}

/** Gives the card what `info` does not say. Returns `info`. */
export function showingItself(
  info: LoggedModelInfo,
  more: Pick<ModelCard, "flavor" | "size" | "runName" | "registered">,
): LoggedModelInfo {
  makeRich(info, {
    render: ({ name, modelId, modelUri, signature }, style) => {
      const { modelCardView, render } = requireView();
      const card = { ...more, name, modelId, path: modelUri, signature: signature?.toString() };
      return render(modelCardView, card, { now: now(), ...style });
    },
    summarize: ({ name, modelId }) => `LoggedModelInfo ${name} (${modelId})`,
  });
  return info;
}
