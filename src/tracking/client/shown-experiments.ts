import { type Experiment, now, type Page } from "../../core";
import { type RichForms, type RichStyle, richKind } from "../../runtime";
import { type PagedList, toPagedList } from "./paged-list";
import { requireView } from "../require-view";

const ROWS = 20;

/** The same experiment, which shows itself where it is a cell's last expression. */
export const toShownExperiment = (experiment: Experiment): Experiment => shownExperiment({ ...experiment });

/** A page of experiments as an array that shows itself, and whose items do. */
export const toExperimentList = ({ items, ...page }: Page<Experiment>): PagedList<Experiment> =>
  shownExperiments(toPagedList({ ...page, items: items.map(toShownExperiment) }));

const shownExperiment = richKind<Experiment>({
  render: (experiment, style) => renderExperiments([experiment], style),
  summarize: ({ name, experimentId }) => `Experiment ${name} (${experimentId})`,
});

const shownExperiments = richKind<readonly Experiment[]>({
  render: renderExperiments,
  summarize: ({ length }) => `Experiments(${length})`,
});

function renderExperiments(experiments: readonly Experiment[], style: RichStyle): RichForms {
  const { describeExperiments, experimentListView, render } = requireView();
  const list = describeExperiments(experiments.slice(0, ROWS), { total: experiments.length });
  return render(experimentListView, list, { now: now(), ...style });
}
