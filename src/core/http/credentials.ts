import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { knownCredentials } from "../credentials";

/**
 * The `Authorization` of requests to a tracking server, from where MLflow takes it: a user and password in the URL, MLFLOW_TRACKING_USERNAME
 * and MLFLOW_TRACKING_PASSWORD, the file `~/.mlflow/credentials`, MLFLOW_TRACKING_TOKEN. `undefined` for none. Never to be shown.
 */
export function trackingAuthorization(url: URL, env: NodeJS.ProcessEnv = process.env): string | undefined {
  noteCredentials(url);
  const known = knownCredentials.get(url.host);
  if (known !== undefined) return known;
  const file = env.MLFLOW_TRACKING_USERNAME && env.MLFLOW_TRACKING_PASSWORD ? {} : credentialsFile(env);
  const user = env.MLFLOW_TRACKING_USERNAME || file.mlflow_tracking_username;
  const password = env.MLFLOW_TRACKING_PASSWORD || file.mlflow_tracking_password;
  if (user && password) return basic(user, password);
  return env.MLFLOW_TRACKING_TOKEN ? `Bearer ${env.MLFLOW_TRACKING_TOKEN}` : undefined;
}

/** Keeps a user and password in a URL for all requests to its host: other URLs of the server are shown, and handed on, without. */
export function noteCredentials(url: URL): void {
  const own = ownAuthorization(url);
  if (own !== undefined) knownCredentials.set(url.host, own);
}

/**
 * The same for a URL that others have named, as those of artifacts are: the user's variables and file are for the tracking server alone, and not
 * for whatever host somebody has written into a run.
 */
export function artifactAuthorization(url: URL, trackingUri: string | undefined): string | undefined {
  const server = trackingUri !== undefined && URL.canParse(trackingUri) ? new URL(trackingUri) : undefined;
  const isServer = server?.host === url.host && (url.protocol === "https:" || server.protocol === "http:");
  return ownAuthorization(url) ?? (isServer ? trackingAuthorization(server) : undefined);
}

function ownAuthorization({ username, password }: URL): string | undefined {
  return username === "" ? undefined : basic(decodeURIComponent(username), decodeURIComponent(password));
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
