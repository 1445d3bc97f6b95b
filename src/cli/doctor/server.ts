import { httpSettings, readBody, send, trackingAuthorization } from "../../core/http";
import { findJournals, shortFolder, spoolFolder } from "../../tracking/spool";
import type { TrackingClient } from "../../tracking";
import { formatPlural } from "../../view";
import { maskUri } from "./environment";
import type { Finding } from "./finding";

/** Nobody waits for a doctor for minutes. */
const PATIENCE = 5000;

/** Whether a tracking server answers, which version it has, and whether it lets this user read. */
export async function checkServer(client: TrackingClient, { asksForIndexes = false } = {}): Promise<Finding[]> {
  process.env.MLFLOW_HTTP_REQUEST_MAX_RETRIES ??= "0";
  return [
    { topic: "store", name: "kind", state: "note", text: "a tracking server, by HTTP" },
    await checkVersion(client.trackingUri),
    await checkReading(client),
    ...(asksForIndexes ? [NO_INDEXES] : []),
  ];
}

const NO_INDEXES: Finding = {
  topic: "store",
  name: "indexes",
  state: "broken",
  text: "cannot be made through a server",
  hint: "on the server's machine: `trackbook doctor --indexes --tracking-uri DATABASE`, with the URI that the server has as --backend-store-uri.",
};

async function checkVersion(uri: string): Promise<Finding> {
  const finding = { topic: "store", name: "server" } as const;
  const base = new URL(`${uri}/`);
  const authorization = trackingAuthorization(base);
  try {
    const answer = await send({
      method: "GET",
      url: new URL("version", base),
      headers: { ...(authorization !== undefined && { authorization }) },
      timeout: Math.min(PATIENCE, httpSettings().timeout),
    });
    const version = (await readBody(answer)).toString("utf8").trim();
    if (answer.status === 200 && /^\d+\.\d+/.test(version))
      return { ...finding, state: "ok", text: `answers, with the API of MLflow ${version}` };
    return { ...finding, state: "warning", text: `answers ${answer.status} to the question for its version` };
  } catch (cause) {
    return {
      ...finding,
      state: "broken",
      text: `does not answer: ${maskUri((cause as Error).message)}`,
      hint: "what is logged meanwhile waits in the spool.",
    };
  }
}

async function checkReading(client: TrackingClient): Promise<Finding> {
  const finding = { topic: "store", name: "read" } as const;
  try {
    const experiments = await client.searchExperiments({ viewType: "ALL", maxResults: 1000 });
    return { ...finding, state: "ok", text: formatPlural(experiments.length, "experiment") };
  } catch (cause) {
    return { ...finding, state: "broken", text: "cannot be read", hint: maskUri((cause as Error).message) };
  }
}

/** What waits to be sent; nothing where nothing does. */
export function checkSpool(): Finding[] {
  const waiting = findJournals(spoolFolder()).filter(({ writer }) => writer === "nobody");
  if (waiting.length === 0) return [];
  return [
    {
      topic: "store",
      name: "spool",
      state: "warning",
      text: `${formatPlural(waiting.length, "program")} left what waits in ${shortFolder(spoolFolder())}`,
      hint: "`trackbook sync` sends it.",
    },
  ];
}
