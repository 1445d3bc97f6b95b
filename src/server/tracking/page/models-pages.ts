import { now } from "../../../core";
import {
  describeModelVersion,
  describeModelVersions,
  describeRegisteredModel,
  describeRegisteredModels,
  modelVersionListView,
  modelVersionView,
  registeredModelListView,
  registeredModelView,
} from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout } from "./layout";
import { firstOf, nextPart, partLinks } from "./list-part";

const SHOWN = 100;

/** The page of all registered models. */
export async function modelsPage({ registry }: Backend, addresses: Addresses, query: URLSearchParams): Promise<string> {
  const pageToken = query.get("page") || undefined;
  const { items, nextPageToken } = await registry.searchRegisteredModels({ maxResults: SHOWN, pageToken });
  const first = firstOf(query);
  const on = nextPart(nextPageToken, first, SHOWN);
  const list = describeRegisteredModels(items, { first, hasMore: on !== undefined });
  const models = list.models.map((model) => ({ ...model, href: addresses.model(model.name) }));
  return layout(
    addresses,
    "models",
    [],
    [
      registeredModelListView.fragment({ ...list, models }, { now: now(), isPage: true }),
      partLinks({ first, count: SHOWN, start: addresses.models({}), next: on && addresses.models(on) }),
    ],
  );
}

/** The page of a registered model with all its versions, the newest first. */
export async function modelPage(
  { registry }: Backend,
  addresses: Addresses,
  { name, query }: { readonly name: string; readonly query: URLSearchParams },
): Promise<string> {
  const model = await registry.getRegisteredModel(name);
  const { items, nextPageToken } = await registry.searchModelVersions({
    filter: `name = '${name.replaceAll("'", "''")}'`,
    orderBy: ["version_number DESC"],
    maxResults: SHOWN,
    pageToken: query.get("page") || undefined,
  });
  const first = firstOf(query);
  const on = nextPart(nextPageToken, first, SHOWN);
  const list = describeModelVersions(items, { first, hasMore: on !== undefined, isOfOneModel: true });
  const versions = list.versions.map((version) => ({ ...version, href: addresses.version(name, version.version) }));
  const options = { now: now(), isPage: true };
  return layout(
    addresses,
    "models",
    [{ name }],
    [
      registeredModelView.fragment({ ...describeRegisteredModel(model), isWithoutList: true }, options),
      versions.length > 0 && modelVersionListView.fragment({ ...list, versions }, options),
      partLinks({ first, count: SHOWN, start: addresses.model(name), next: on && addresses.model(name, on) }),
    ],
  );
}

/** The page of one version. */
export async function versionPage(
  { registry, store }: Backend,
  addresses: Addresses,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<string> {
  const found = await registry.getModelVersion(name, version);
  const run = found.runId ? await Promise.resolve(store.getRun(found.runId)).catch(() => undefined) : undefined;
  const card = describeModelVersion(
    found,
    run && {
      runName: run.info.runName,
      runHref: addresses.run(run.info.experimentId, run.info.runId),
    },
  );
  return layout(
    addresses,
    "models",
    [{ name, href: addresses.model(name) }, { name: `version ${version}` }],
    [modelVersionView.fragment(card, { now: now(), isPage: true })],
  );
}
