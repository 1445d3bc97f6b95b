import { type LoggedModel, now, type Page } from "../../core";
import { richKind } from "../../runtime";
import { type PagedList, toPagedList } from "./paged-list";
import { requireView } from "../require-view";

const CARDS = 20;

/** The same model, which shows itself as a card where it is a cell's last expression. */
export const toShownLoggedModel = (model: LoggedModel): LoggedModel => shownModel({ ...model });

/** A page of models as an array that shows itself, and whose items do. */
export const toLoggedModelList = ({ items, ...page }: Page<LoggedModel>): PagedList<LoggedModel> =>
  shownModels(toPagedList({ ...page, items: items.map(toShownLoggedModel) }));

const shownModel = richKind<LoggedModel>({
  render: (model, style) => {
    const { describeModel, modelCardView, render } = requireView();
    return render(modelCardView, describeModel(model), { now: now(), ...style });
  },
  summarize: ({ name, modelId }) => `LoggedModel ${name} (${modelId})`,
});

const shownModels = richKind<readonly LoggedModel[]>({
  render: (models, style) => {
    const { describeModel, modelListView, render } = requireView();
    const list = { models: models.slice(0, CARDS).map(describeModel), total: models.length };
    return render(modelListView, list, { now: now(), ...style });
  },
  summarize: ({ length }) => `LoggedModels(${length})`,
});
