import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ErrorCode, StoreError } from "../../../src/core";
import { fileStore, openAnyTrackingStore, openTrackingStore, type TrackingStore } from "../../../src/stores";
import { DeliveryState, readRefused } from "../../../src/tracking/spool/delivery-state";
import { JournalWriter } from "../../../src/tracking/spool/journal";
import { toMetricRecord } from "../../../src/tracking/spool/metric-record";
import { deliverJournal, findJournals, tryRefusedAgain } from "../../../src/tracking/spool";
import { temporaryFolder } from "../../support/temporary-folder";
import { createRun, deliver, guarded, param, tag } from "./delivery";
import { openJournal } from "../../../src/tracking/spool/journal-info";

const failure = (code: ErrorCode) => new StoreError({ code, what: "It does not go.", hint: "none." });

let root: string;
let folder: string;
let store: TrackingStore;
let writer: JournalWriter;

beforeEach(() => {
  root = temporaryFolder();
  folder = join(root, "spool", "journal");
  store = fileStore({ root: join(root, "mlruns") });
  openJournal(folder, join(root, "mlruns"));
  writer = new JournalWriter(folder);
});

const append = (record: ReturnType<typeof toMetricRecord>) => writer.append(record.operation, record.payload);

const points = (key: string, ...values: number[]) =>
  toMetricRecord("ours", { key, values, timestamps: values.map(() => 1), steps: [...values.keys()] });

const theRun = () => {
  const { experimentId = "" } = store.getExperimentByName("mine") ?? {};
  const { items } = store.searchRuns([experimentId], {});
  expect(items).toHaveLength(1);
  return store.getRun(items[0]?.info.runId ?? "");
};

describe("what answers that is no tracking server", () => {
  const answers: [string, number, string][] = [
    ["a login page", 200, "<html>Please log in</html>"],
    ["nothing at all", 200, ""],
    ["a proxy's 404", 404, "<html>404 Not Found</html>"],
    ["a proxy's 413", 413, "<html>413 Request Entity Too Large</html>"],
    ["a redirection", 302, ""],
  ];
  beforeEach(() => vi.stubEnv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0"));
  afterEach(() => vi.unstubAllEnvs());

  test.each(answers)("%s takes nothing", async (_name, status, body) => {
    const server = createServer((_request, response) => response.writeHead(status, { location: "/" }).end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const remote = openAnyTrackingStore(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      writer.append(createRun("ours", "mine"));
      await expect(deliver(folder, remote)).rejects.toThrow("is no tracking server of MLflow");
      await deliver(folder, store);
      writer.append(param("lr"));
      append(points("loss", 1, 2));
      await expect(deliver(folder, remote)).rejects.toThrow("is no tracking server of MLflow");
      expect(await deliver(folder, store)).toEqual([]);
    } finally {
      server.close();
    }
    expect(theRun().data).toMatchObject({ params: { lr: "1" }, metrics: { loss: 2 } });
    expect(readRefused(folder)).toEqual([]);
  });
});

test("a run that is refused keeps what belongs to it waiting", async () => {
  store.createExperiment("mine");
  const { experimentId = "" } = store.getExperimentByName("mine") ?? {};
  store.deleteExperiment(experimentId);
  writer.append(createRun("ours", "mine"));
  writer.append(param("lr"));
  await expect(deliver(folder, store)).rejects.toThrow("deleted");
  store.restoreExperiment(experimentId);
  expect(await deliver(folder, store)).toEqual([]);
  expect(theRun().data.params).toEqual({ lr: "1" });
});

test("what is refused is kept, however often the rest is sent, and can be sent again", async () => {
  writer.append(createRun("ours", "mine"));
  writer.append(param("lr"));
  writer.close();
  await deliver(folder, store);
  const { runId } = theRun().info;
  writer.append(param("lr", "2"));
  writer.append(param("free", "3"));
  writer.close();
  const spool = join(root, "spool");
  const send = async () => {
    const [journal] = findJournals(spool);
    return journal && deliverJournal(spool, journal, join(root, "mlruns"));
  };
  expect(await send()).toMatchObject({ refusals: [{ what: 'param "lr"', run: "ours" }], kept: 1 });
  expect(await send()).toEqual({ refusals: [], kept: 1, damaged: [] });
  expect(store.getRun(runId).data.params).toEqual({ lr: "1", free: "3" });
  const again = (at = findJournals(spool)[0]) => at && tryRefusedAgain(at);
  again();
  expect(await send()).toMatchObject({ refusals: [{}], kept: 1 });
  again();
  const healed = guarded(store, () => {});
  const open = { ...healed, logBatch: (run: string) => store.setExperimentTag("0", { key: "asked", value: run }) };
  await deliver(folder, open as unknown as TrackingStore, true);
  expect(await send()).toEqual({ refusals: [], kept: 0, damaged: [] });
  expect(existsSync(folder)).toBe(false);
});

test("of metrics that are refused together each is tried, and the refused one is kept with its points", async () => {
  writer.append(createRun("ours", "mine"));
  for (const record of [points("good", 1), points("bad", 2, 3), points("better", 4)]) append(record);
  const strict = guarded(store, (method, [, batch]) => {
    if (method === "logBatch" && JSON.stringify(batch).includes('"bad"')) throw failure("INVALID_PARAMETER_VALUE");
  });
  expect(await deliver(folder, strict)).toEqual(['metric "bad"']);
  expect(theRun().data.metrics).toEqual({ good: 1, better: 4 });
  expect(readRefused(folder)).toEqual([points("bad", 2, 3)]);
});

describe("an operation at which the server fails for long", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    writer.append(createRun("ours", "mine"));
    writer.append(tag("bad"));
    writer.append(param("lr"));
    append(points("loss", 1));
    writer.append({ op: "updateRun", run: "ours", change: { status: "FINISHED", endTime: 5 } });
  });
  afterEach(() => vi.useRealTimers());

  const failing = (isDown: () => boolean) =>
    guarded(store, (method, args) => {
      if (isDown() || (method === "logBatch" && JSON.stringify(args).includes('"bad"')))
        throw failure("INTERNAL_ERROR");
    });
  const tryFor = async (minutes: number, target: TrackingStore) => {
    for (let minute = 0; minute < minutes; minute++) {
      await expect(deliver(folder, target)).rejects.toThrow("It does not go.");
      vi.setSystemTime(Date.now() + 60_000);
    }
  };

  test("is put aside when others succeed, and what is behind it arrives", async () => {
    const target = failing(() => false);
    await tryFor(10, target);
    expect(await deliver(folder, target)).toEqual(['tag "bad"']);
    expect(theRun()).toMatchObject({
      info: { status: "FINISHED" },
      data: { params: { lr: "1" }, metrics: { loss: 1 } },
    });
    expect(theRun().data.tags.bad).toBeUndefined();
  });

  test("waits while all others fail too", async () => {
    let isDown = false;
    const target = failing(() => isDown);
    await tryFor(1, target);
    isDown = true;
    await tryFor(30, target);
    expect(await deliver(folder, store)).toEqual([]);
    expect(theRun().data.tags.bad).toBe("1");
  });
});

test.each(["folder", "database"])(
  "points that are logged once more for a model reach it in a %s, once",
  async (kind) => {
    const target = kind === "folder" ? store : openTrackingStore(`sqlite:///${join(root, "mlflow.db")}`);
    writer.append(createRun("ours", "mine"));
    const experiment = { name: "mine" };
    const models = ["one", "two"];
    for (const model of models) writer.append({ op: "createModel", model, run: "ours", experiment, name: model });
    append(points("loss", 1, 2));
    for (const modelId of models)
      append(toMetricRecord("ours", { key: "loss", values: [1, 2], timestamps: [1, 1], steps: [0, 1], modelId }));
    const counted = () => {
      const experimentId = target.getExperimentByName("mine")?.experimentId ?? "";
      const [run] = target.searchRuns([experimentId], {}).items;
      const { items } = target.searchLoggedModels([experimentId], {});
      return {
        run: target.getMetricHistory(run?.info.runId ?? "", "loss").items.length,
        models: items.map(({ modelId }) => target.getLoggedModel(modelId).metrics.length),
      };
    };
    await deliver(folder, target, true);
    const once = kind === "folder" ? { run: 6, models: [1, 1] } : { run: 2, models: [2, 2] };
    expect(counted()).toEqual(once);
    new DeliveryState(folder).position = { segment: 1, offset: 0 };
    await deliver(folder, target, true);
    expect(counted()).toEqual(once);
  },
);
