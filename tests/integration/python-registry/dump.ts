import type { Metric, ModelVersion, RegisteredModel } from "../../../src/core";
import type { TrackingClient } from "../../../src/tracking/client";

/** Everything in a registry, in the form that registry.py dumps it: what is unset left out. */
export interface RegistryDump {
  readonly models: readonly { readonly name: string }[];
  readonly versions: readonly { readonly name: string; readonly version: number }[];
}

export async function dumpRegistry(client: TrackingClient): Promise<RegistryDump> {
  const models = await client.searchRegisteredModels({ maxResults: 1000 });
  const versions = await client.searchModelVersions({ maxResults: 1000 });
  const logged = await client.searchLoggedModels(["0"]);
  const dump = {
    models: await all(models, (model) => dumpModel(client, model)),
    versions: await all(versions, (version) => dumpVersion(client, version)),
    "one by one": [
      await all(models, async ({ name }) => dumpModel(client, await client.getRegisteredModel(name))),
      await all(versions, async ({ name, version }) =>
        dumpVersion(client, await client.getModelVersion(name, version)),
      ),
      (await all(models, (model) => dumpAliases(client, model))).flat(),
    ],
    links: logged
      .flatMap(({ modelId, tags }) => {
        const links = tags["mlflow.modelVersions"];
        return links === undefined ? [] : [[modelId, JSON.parse(links) as unknown] as const];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  return JSON.parse(JSON.stringify(dump)) as RegistryDump;
}

const all = <A, B>(items: readonly A[], dump: (item: A) => Promise<B>): Promise<B[]> => Promise.all(items.map(dump));

async function dumpModel(client: TrackingClient, model: RegisteredModel) {
  const latest = [...model.latestVersions].sort((a, b) => a.version - b.version);
  return { ...model, latestVersions: await all(latest, (version) => dumpVersion(client, version)) };
}

async function dumpVersion(client: TrackingClient, version: ModelVersion) {
  const downloadUri = await client.getModelVersionDownloadUri(version.name, version.version);
  return { ...version, metrics: version.metrics?.map(dumpMetric), downloadUri };
}

const dumpMetric = ({ key, value, timestamp, step, runId, modelId }: Metric) => {
  return { key, value, timestamp, step, runId, modelId };
};

async function dumpAliases(client: TrackingClient, { name, aliases }: RegisteredModel) {
  return all(Object.keys(aliases).sort(), async (alias) => [
    name,
    alias,
    (await client.getModelVersionByAlias(name, alias)).version,
  ]);
}
