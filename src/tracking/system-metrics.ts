import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { cpus, freemem, totalmem } from "node:os";
import { parse } from "node:path";
import { type Metric, now } from "../core";
import type { OpenRun } from "./run";

type Sample = Readonly<Record<string, number>>;

const PREFIX = "system/";
const MEGABYTE = 1e6;
const DEFAULT_INTERVAL = 10;

/**
 * Logs how busy the machine is, under MLflow's names, until the run ends. Steps count the points; those of a run that is
 * resumed go on from `earlier`. Every MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL (10) seconds a sample,
 * every MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING (1) samples their mean. Network counts what has passed since the start;
 * it is missing where there is no /proc/net/dev. Names: mlflow/system_metrics/metrics/*.py
 */
export function sampleSystem(run: OpenRun, earlier: readonly Metric[] = []): void {
  const prefix = `${PREFIX}${nodePart()}`;
  const samplesPerPoint = positive(process.env.MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING) ?? 1;
  const take = createSampler();
  let samples: Sample[] = [];
  let step = 1 + Math.max(-1, ...earlier.filter(({ key }) => key.startsWith(PREFIX)).map((point) => point.step));
  const sample = async () => {
    const taken = await take();
    if (isOver()) return;
    samples.push(taken);
    if (samples.length < samplesPerPoint) return;
    const time = now();
    for (const [key, value] of Object.entries(meanOf(samples))) run.metric(prefix + key, value, time, step);
    samples = [];
    step += 1;
  };
  const isOver = () => run.ended || run.status !== "RUNNING";
  const tick = () => {
    if (isOver()) clearInterval(timer);
    // A file system that does not answer costs a sample, never the program.
    else sample().catch(() => {});
  };
  const interval = positive(process.env.MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL) ?? DEFAULT_INTERVAL;
  const timer = setInterval(tick, interval * 1000).unref();
}

function nodePart(): string {
  const node = process.env.MLFLOW_SYSTEM_METRICS_NODE_ID;
  return node ? `${node}/` : "";
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text && value > 0 ? value : undefined;
}

/** What takes a sample: processor time since the one before, network traffic since now. */
function createSampler(): () => Promise<Sample> {
  const start = networkBytes();
  let before = processorTime();
  return async () => {
    const disk = await diskUsage();
    const time = processorTime();
    const total = time.total - before.total;
    const busy = total === 0 ? 0 : ((time.busy - before.busy) / total) * 100;
    before = time;
    return { cpu_utilization_percentage: busy, ...memoryUsage(), ...disk, ...networkSince(start) };
  };
}

function processorTime(): { readonly busy: number; readonly total: number } {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { total, busy: total - times.reduce((sum, { idle }) => sum + idle, 0) };
}

function memoryUsage(): Sample {
  const used = totalmem() - freemem();
  return {
    system_memory_usage_megabytes: used / MEGABYTE,
    system_memory_usage_percentage: (used / totalmem()) * 100,
  };
}

async function diskUsage(): Promise<Sample> {
  const { blocks, bfree, bavail, bsize } = await statfs(parse(process.cwd()).root);
  const used = blocks - bfree;
  return {
    disk_usage_percentage: (used / (used + bavail)) * 100,
    disk_usage_megabytes: (used * bsize) / MEGABYTE,
    disk_available_megabytes: (bavail * bsize) / MEGABYTE,
  };
}

interface Traffic {
  readonly received: number;
  readonly sent: number;
}

/** Bytes over all interfaces since the system started. Format: proc_pid_net(5), `interface: received … (8 fields) sent …`. */
function networkBytes(): Traffic | undefined {
  try {
    const rows = readFileSync("/proc/net/dev", "utf8").split("\n").slice(2);
    const counts = rows.map((row) =>
      row
        .slice(row.indexOf(":") + 1)
        .trim()
        .split(/\s+/)
        .map(Number),
    );
    const sum = (field: number) => counts.reduce((total, row) => total + (row[field] || 0), 0);
    return { received: sum(0), sent: sum(8) };
  } catch {
    return undefined;
  }
}

function networkSince(start: Traffic | undefined): Sample {
  const traffic = start && networkBytes();
  if (!traffic) return {};
  return {
    network_receive_megabytes: (traffic.received - start.received) / MEGABYTE,
    network_transmit_megabytes: (traffic.sent - start.sent) / MEGABYTE,
  };
}

/** Means to one decimal as in MLflow; what counts up (network) is taken as it is at the end. */
function meanOf(samples: readonly Sample[]): Sample {
  const last = samples.at(-1) as Sample;
  const mean = (key: string) => samples.reduce((sum, sample) => sum + (sample[key] as number), 0) / samples.length;
  return Object.fromEntries(
    Object.entries(last).map(([key, value]) => [
      key,
      key.startsWith("network_") ? value : Math.round(mean(key) * 10) / 10,
    ]),
  );
}
