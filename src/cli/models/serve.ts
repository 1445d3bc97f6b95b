import { loadServedModel, serveModel } from "../../server/scoring";
import type { Command } from "../command";
import { readPort, readSeconds, readWorkers } from "../options";
import { readVersion } from "../version";
import { ENVIRONMENT, type EnvironmentOptions, environmentOf, MODEL_URI, readSize } from "./model-options";

interface Options extends EnvironmentOptions {
  readonly modelUri: string;
  readonly host: string;
  readonly port: number;
  readonly timeout: number;
  readonly workers: number;
  readonly bodyLimit: number;
  readonly quiet?: boolean;
}

/** `trackbook models serve` */
export const serve: Command<Options> = {
  options: [
    MODEL_URI,
    { flags: "-h, --host <host>", description: "where it listens", env: "MLFLOW_HOST", default: "127.0.0.1" },
    { flags: "-p, --port <n>", description: "0: any free one", env: "MLFLOW_PORT", default: "5000", parse: readPort },
    {
      flags: "-t, --timeout <s>",
      description: "seconds that a request may take",
      env: "MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT",
      default: "60",
      parse: readSeconds,
    },
    {
      flags: "-w, --workers <n>",
      description: "processes that share the port",
      env: "MLFLOW_MODELS_WORKERS",
      default: "1",
      parse: readWorkers,
    },
    { flags: "--body-limit <size>", description: "the longest request", default: "32MB", parse: readSize },
    ...ENVIRONMENT,
  ],
  examples: ["models serve -m models:/wine@champion -p 5001"],
  async run({ modelUri, quiet, ...options }, session) {
    const ready = (url: string) =>
      session.print(quiet ? url : `${modelUri} is served on ${url} · the page to try it is there · Ctrl-C stops`);
    const load = () => loadServedModel(modelUri, environmentOf(options, session));
    return serveModel(load, { ...options, version: readVersion(), ready });
  },
};
