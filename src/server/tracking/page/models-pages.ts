import { now } from "../../../core";
import {
  describeModelVersion,
  describeModelVersions,
  describeRegisteredModel,
  describeRegisteredModels,
  markup,
  modelVersionListView,
  modelVersionView,
  registeredModelListView,
  registeredModelView,
} from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout, nextLink } from "./layout";

const SHOWN = 1000;

/** The page of all registered models. */
export async function modelsPage(
  { registry }: Backend,
  addresses: Addresses,
  prefix: string,
  query: URLSearchParams,
): Promise<string> {
  const pageToken = query.get("page") || undefined;
  const { items, nextPageToken } = await registry.searchRegisteredModels({ maxResults: SHOWN, pageToken });
  const list = describeRegisteredModels(items);
  const models = list.models.map((model) => ({ ...model, href: addresses.model(model.name) }));
  const next = nextPageToken && addresses.models({ page: nextPageToken });
  const fragment = registeredModelListView.fragment({ ...list, models }, { now: now() });
  return layout(prefix, [{ name: "models" }], [fragment, nextLink(next, SHOWN)]);
}

/** The page of a registered model with all its versions. */
export async function modelPage(
  { registry }: Backend,
  addresses: Addresses,
  prefix: string,
  name: string,
): Promise<string> {
  const model = await registry.getRegisteredModel(name);
  const { items } = await registry.searchModelVersions({ filter: `name = '${name.replaceAll("'", "''")}'` });
  const card = describeRegisteredModel(model);
  const list = describeModelVersions(items);
  const versions = list.versions.map((version) => ({ ...version, href: addresses.version(name, version.version) }));
  return layout(
    prefix,
    [{ name }],
    [
      registeredModelView.fragment({ ...card, latestVersions: [] }, { now: now() }),
      modelVersionListView.fragment({ ...list, versions }, { now: now() }),
    ],
  );
}

/** The page of one version. */
export async function versionPage(
  { registry, store }: Backend,
  addresses: Addresses,
  prefix: string,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<string> {
  const found = await registry.getModelVersion(name, version);
  const run = found.runId ? await Promise.resolve(store.getRun(found.runId)).catch(() => undefined) : undefined;
  return layout(
    prefix,
    [{ name, href: addresses.model(name) }, { name: `version ${version}` }],
    [
      modelVersionView.fragment(describeModelVersion(found), { now: now() }),
      run &&
        markup`<p>made by <a href="${addresses.run(run.info.experimentId, run.info.runId)}">${run.info.runName}</a></p>`,
    ],
  );
}
