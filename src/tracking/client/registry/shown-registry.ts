import { type ModelVersion, now, type Page, type RegisteredModel } from "../../../core";
import { richKind } from "../../../runtime";
import { requireView } from "../../require-view";
import { type PagedList, toPagedList } from "../paged-list";

const ROWS = 20;

/** The same registered model, which shows itself as a card where it is a cell's last expression, as do its versions. */
export const toShownRegisteredModel = (model: RegisteredModel): RegisteredModel =>
  shownModel({ ...model, latestVersions: model.latestVersions.map(toShownModelVersion) });

/** A page of registered models as an array that shows itself, and whose items do. */
export const toRegisteredModelList = ({ items, ...page }: Page<RegisteredModel>): PagedList<RegisteredModel> =>
  shownModels(toPagedList({ ...page, items: items.map(toShownRegisteredModel) }));

/** The same version, which shows itself as a card where it is a cell's last expression. */
export const toShownModelVersion = (version: ModelVersion): ModelVersion => shownVersion({ ...version });

/** A page of versions as an array that shows itself, and whose items do. */
export const toModelVersionList = ({ items, ...page }: Page<ModelVersion>): PagedList<ModelVersion> =>
  shownVersions(toPagedList({ ...page, items: items.map(toShownModelVersion) }));

const shownModel = richKind<RegisteredModel>({
  render: (model, style) => {
    const { describeRegisteredModel, registeredModelView, render } = requireView();
    return render(registeredModelView, describeRegisteredModel(model), { now: now(), ...style });
  },
  summarize: ({ name }) => `RegisteredModel ${name}`,
});

const shownModels = richKind<readonly RegisteredModel[]>({
  render: (models, style) => {
    const { describeRegisteredModels, registeredModelListView, render } = requireView();
    const list = describeRegisteredModels(models.slice(0, ROWS), { total: models.length });
    return render(registeredModelListView, list, { now: now(), ...style });
  },
  summarize: ({ length }) => `RegisteredModels(${length})`,
});

const shownVersion = richKind<ModelVersion>({
  render: (version, style) => {
    const { describeModelVersion, modelVersionView, render } = requireView();
    return render(modelVersionView, describeModelVersion(version), { now: now(), ...style });
  },
  summarize: ({ name, version }) => `ModelVersion ${name} ${version}`,
});

const shownVersions = richKind<readonly ModelVersion[]>({
  render: (versions, style) => {
    const { describeModelVersions, modelVersionListView, render } = requireView();
    const list = describeModelVersions(versions.slice(0, ROWS), { total: versions.length });
    return render(modelVersionListView, list, { now: now(), ...style });
  },
  summarize: ({ length }) => `ModelVersions(${length})`,
});
