import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { globalSlot } from "../global-state";

/** What URLs of this process have said of each host: other URLs of the same server are shown, and handed on, without it. */
const named = globalSlot("url-credentials", () => new Map<string, string>());

/**
 * The `Authorization` of requests to a tracking server, from where MLflow takes it: a user and password in the URL, MLFLOW_TRACKING_USERNAME
 * and MLFLOW_TRACKING_PASSWORD, the file `~/.mlflow/credentials`, MLFLOW_TRACKING_TOKEN. `undefined` for none. Never to be shown.
 */
export function trackingAuthorization(url: URL, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (url.username !== "")
    named.set(url.host, basic(decodeURIComponent(url.username), decodeURIComponent(url.password)));
  const known = named.get(url.host);
  if (known !== undefined) return known;
  const file = env.MLFLOW_TRACKING_USERNAME && env.MLFLOW_TRACKING_PASSWORD ? {} : credentialsFile(env);
  const user = env.MLFLOW_TRACKING_USERNAME || file.mlflow_tracking_username;
  const password = env.MLFLOW_TRACKING_PASSWORD || file.mlflow_tracking_password;
  if (user && password) return basic(user, password);
  return env.MLFLOW_TRACKING_TOKEN ? `Bearer ${env.MLFLOW_TRACKING_TOKEN}` : undefined;
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;

/** The section `[mlflow]` of the file that `mlflow login` and MLflow's documentation speak of. */
function credentialsFile(env: NodeJS.ProcessEnv): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(join(env.HOME || homedir(), ".mlflow", "credentials"), "utf8");
  } catch {
    return {};
  }
  const section = text.split(/^\s*\[/m).find((part) => part.startsWith("mlflow]")) ?? "";
  const entries = [...section.matchAll(/^\s*(\w+)\s*[=:]\s*(.*?)\s*$/gm)];
  return Object.fromEntries(entries.map(([, key, value]) => [(key as string).toLowerCase(), value as string]));
}

/** The URI as people may see it: without a user and a password in it. */
export function withoutCredentials(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
}
