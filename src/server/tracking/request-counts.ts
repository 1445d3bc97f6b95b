/** Upper bounds of the times that are told apart, in seconds. */
const BOUNDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10] as const;

/** What was asked of one operation so far. */
interface Times {
  readonly labels: string;
  /** How many took at most so long. */
  readonly within: number[];
  count: number;
  seconds: number;
}

/** How often each operation was asked, and how long it took, in the text form of Prometheus. Of this process alone. */
export class RequestCounts {
  readonly #times = new Map<string, Times>();

  /** Notes a request. @param seconds from when it was read until it was answered */
  add(method: string, path: string, status: number, seconds: number): void {
    const key = `${method} ${path} ${status}`;
    let times = this.#times.get(key);
    if (!times) {
      times = {
        labels: `method="${method}",path="${path}",status="${status}"`,
        within: BOUNDS.map(() => 0),
        count: 0,
        seconds: 0,
      };
      this.#times.set(key, times);
    }
    times.count++;
    times.seconds += seconds;
    BOUNDS.forEach((bound, index) => {
      if (seconds <= bound) (times.within[index] as number)++;
    });
  }

  /** Everything, as Prometheus reads it. */
  toString(): string {
    const name = "mlflow_http_request_duration_seconds";
    const lines = [...this.#times.values()].flatMap(({ labels, within, count, seconds }) => [
      ...BOUNDS.map((bound, index) => `${name}_bucket{${labels},le="${bound}"} ${within[index]}`),
      `${name}_bucket{${labels},le="+Inf"} ${count}`,
      `${name}_sum{${labels}} ${seconds}`,
      `${name}_count{${labels}} ${count}`,
    ]);
    const { rss, heapUsed } = process.memoryUsage();
    return [
      `# HELP ${name} Time until requests were answered.`,
      `# TYPE ${name} histogram`,
      ...lines,
      "# HELP process_resident_memory_bytes Resident memory.",
      "# TYPE process_resident_memory_bytes gauge",
      `process_resident_memory_bytes ${rss}`,
      "# HELP nodejs_heap_size_used_bytes Heap in use.",
      "# TYPE nodejs_heap_size_used_bytes gauge",
      `nodejs_heap_size_used_bytes ${heapUsed}`,
      "# HELP process_uptime_seconds Time since the server was started.",
      "# TYPE process_uptime_seconds counter",
      `process_uptime_seconds ${process.uptime()}`,
      "",
    ].join("\n");
  }
}
