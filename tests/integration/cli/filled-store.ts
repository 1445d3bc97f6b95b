import { join } from "node:path";
import { TrackingClient } from "../../../src/tracking";
import { temporaryFolder } from "../../support/temporary-folder";

/** A folder with an `mlruns` in it, and the ids of what that holds. */
export interface FilledStore {
  readonly folder: string;
  readonly client: TrackingClient;
  readonly iris: string;
  readonly wine: string;
  /** Runs of `iris`, the oldest first: two finished, one failed. */
  readonly runs: readonly [string, string, string];
}

/** Two experiments; three runs with params, metrics, tags, a data set and files. */
export async function fillStore(): Promise<FilledStore> {
  const folder = temporaryFolder();
  const client = new TrackingClient(join(folder, "mlruns"));
  const iris = await client.createExperiment("iris", { tags: { team: "botany" } });
  const wine = await client.createExperiment('wine, "red"');
  const runs: string[] = [];
  for (const [runName, status] of [
    ["first", "FINISHED"],
    ['second, "quoted"', "FINISHED"],
    ["third", "FAILED"],
  ] as const) {
    const { info } = await client.createRun(iris, { runName, startTime: 1_700_000_000_000 + runs.length * 1000 });
    const index = runs.push(info.runId);
    await client.logBatch(info.runId, {
      metrics: [
        { key: "loss", value: 0.5 / index, step: 1 },
        { key: "odd", value: [Number.NaN, Number.POSITIVE_INFINITY, -1e-7][index - 1] as number },
        { key: "whole", value: index },
      ],
      params: [
        { key: "lr", value: `0.${index}` },
        { key: "note", value: "two\nlines, and a comma" },
      ],
      tags: [{ key: "round", value: String(index) }],
    });
    await client.logText(info.runId, "hello", "notes/hello.txt");
    await client.setTerminated(info.runId, { status, endTime: 1_700_000_000_500 + index * 1000 });
  }
  const dataset = { name: "table", digest: "abc", sourceType: "local", source: "here" };
  await client.logInputs(runs[0] as string, { datasets: [{ dataset, tags: { "mlflow.data.context": "train" } }] });
  return { folder, client, iris, wine, runs: runs as [string, string, string] };
}
