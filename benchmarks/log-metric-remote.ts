/**
 * Logging metrics on a tracking server: a million points in a row by the public verb, for which the training's thread writes a journal, and how
 * fast another thread has them on a server of ours on the same machine.
 *
 *     npm run build && tsx benchmarks/log-metric-remote.ts [--quick]
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { askedNode } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers with points a second: as they were logged, and as they were on the server. */
const LOGGED = `
const { setTrackingUri, startRun, flush } = require(process.argv[1]);
process.chdir(process.argv[3]);
setTrackingUri(process.argv[2]);
const run = startRun();
const COUNT = Number(process.argv[4]);
let step = 0;
let start = 0;
const questions = {
  logged: async () => {
    start = performance.now();
    for (const end = step + COUNT; step < end; step++) run.logMetric("loss", 1 / (step + 1), { step });
    return COUNT / ((performance.now() - start) / 1000);
  },
  delivered: async () => {
    await flush();
    return COUNT / ((performance.now() - start) / 1000);
  },
};
require("node:readline").createInterface({ input: process.stdin })
  .on("line", async (question) => console.log(await questions[question]()))
  .on("close", () => run.end());`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const args = [join(built, "cli/index.js"), "server", "--port", "0"];
  const server = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const uri = await new Promise<string>((resolve, reject) => {
      server.stdout.setEncoding("utf8").on("data", (text: string) => {
        const found = /http:\/\/[\d.:]+/.exec(text)?.[0];
        if (found) resolve(found);
      });
      server.on("close", (code) => reject(new Error(`the server ended with ${String(code)}`)));
    });
    const program = askedNode(LOGGED, [join(built, "index.js"), uri, folder, isQuick ? "100000" : "1000000"]);
    const logged: number[] = [];
    const delivered: number[] = [];
    for (let round = 0; round < 3; round++) {
      logged.push(await program.ask("logged"));
      delivered.push(await program.ask("delivered"));
    }
    await program.end();
    return [
      {
        name: "logMetric on a server, the training's thread",
        value: median(logged),
        unit: "/s",
        limit: { atLeast: 1e6 },
      },
      {
        name: "the same, until the server has the points",
        value: median(delivered),
        unit: "/s",
        limit: { atLeast: 1e5 },
      },
    ];
  } finally {
    server.kill();
  }
}

void runBenchmark(measure);
