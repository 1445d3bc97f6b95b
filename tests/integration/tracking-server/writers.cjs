// Writers in a process of their own: `node writers.cjs FOLDER RUN_ID…`. For each line `URL FIRST_STEP` on stdin every run is given points
// one by one until the server is gone. What the server has acknowledged is in FOLDER/RUN_ID, on the disk, before the next is sent; a dot
// on stdout says so, and a line end that nobody is answered any more. An answer that is neither yes nor "come again" ends the process.
const { open } = require("node:fs/promises");
const { createInterface } = require("node:readline");

const [folder, ...runIds] = process.argv.slice(2);

/** Whether it was acknowledged. */
async function writePoint(url, runId, step) {
  const answer = await fetch(`${url}/api/2.0/mlflow/runs/log-metric`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ run_id: runId, key: "m", value: step, timestamp: step, step }),
  });
  const text = await answer.text();
  if (answer.ok || answer.status === 503) return answer.ok;
  process.stderr.write(`${runId} ${step} was answered with ${answer.status}: ${text}\n`);
  process.exit(1);
}

async function write(url, runId, first) {
  const log = await open(`${folder}/${runId}`, "a");
  try {
    for (let step = first; ; step++) {
      try {
        if (!(await writePoint(url, runId, step))) continue;
      } catch {
        return;
      }
      await log.write(`${step}\n`);
      await log.sync();
      process.stdout.write(".");
    }
  } finally {
    await log.close();
  }
}

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const [url, first] = line.split(" ");
    await Promise.all(runIds.map((runId) => write(url, runId, Number(first))));
    process.stdout.write("\n");
  }
})();
