import { describe, expect, test, vi } from "vitest";
import { flush, logParam, startRun } from "../../../src/tracking";
import { newStore, withEnvironment } from "./new-store";

const FAST = { MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL: "0.01" };

const NAMES = [
  "cpu_utilization_percentage",
  "disk_available_megabytes",
  "disk_usage_megabytes",
  "disk_usage_percentage",
  ...(process.platform === "linux" ? ["network_receive_megabytes", "network_transmit_megabytes"] : []),
  "system_memory_usage_megabytes",
  "system_memory_usage_percentage",
];

const system = (metrics: Readonly<Record<string, number>>, prefix = "system/") =>
  Object.entries(metrics)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value] as const);

describe("system metrics", () => {
  test("are sampled until the run ends, under MLflow's names, one step a sample", async () => {
    withEnvironment(FAST);
    const { run: stored, history } = newStore();
    const run = startRun({ logSystemMetrics: true });
    await vi.waitFor(
      () => expect(history(run.id, "system/cpu_utilization_percentage").length).toBeGreaterThan(2),
      30_000,
    );
    await run.end();
    const metrics = system(stored(run.id).data.metrics);
    expect(metrics.map(([name]) => name).sort()).toEqual(NAMES);
    for (const [name, value] of metrics) {
      expect(value, name).toBeGreaterThanOrEqual(0);
      if (name.endsWith("percentage")) expect(value, name).toBeLessThanOrEqual(100);
    }
    const points = history(run.id, "system/cpu_utilization_percentage");
    expect(points.map(({ step }) => step)).toEqual(points.map((_, index) => index));

    // Another run's sampling shows that time has passed.
    const next = startRun({ logSystemMetrics: true });
    await vi.waitFor(() => expect(history(next.id, "system/disk_usage_percentage").length).toBeGreaterThan(2), 30_000);
    expect(history(run.id, "system/cpu_utilization_percentage")).toHaveLength(points.length);

    // Gone on with, the steps count on.
    await next.end();
    const again = startRun({ runId: run.id, logSystemMetrics: true });
    const count = () => history(run.id, "system/cpu_utilization_percentage");
    await vi.waitFor(() => expect(count().length).toBeGreaterThan(points.length), 30_000);
    expect(count().map(({ step }) => step)).toEqual(count().map((_, index) => index));
    await again.end();
  });

  test("are asked for by the environment, for several samples a point and with a node's name", async () => {
    withEnvironment({
      ...FAST,
      MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING: "true",
      MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING: "3",
      MLFLOW_SYSTEM_METRICS_NODE_ID: "node-7",
    });
    const { runs } = newStore();
    logParam("implicit", 1);
    await vi.waitFor(
      () => expect(system(runs()[0]?.data.metrics ?? {}, "system/node-7/")).toHaveLength(NAMES.length),
      30_000,
    );
  });

  test("are not sampled unasked, nor where the option says no", async () => {
    withEnvironment({ ...FAST, MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING: "true" });
    const { run: stored, history } = newStore();
    const without = startRun({ logSystemMetrics: false });
    const sampled = startRun({ nested: true });
    await vi.waitFor(
      () => expect(history(sampled.id, "system/disk_usage_percentage").length).toBeGreaterThan(1),
      30_000,
    );
    await flush();
    expect(stored(without.id).data.metrics).toEqual({});
  });
});
