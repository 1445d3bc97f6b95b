import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import {
  globalSlot,
  InvalidInputError,
  isDisabled,
  messages,
  StoreError,
  validateOptions,
  withoutCredentials,
} from "../core";
import { currentRuntime } from "../runtime";
import { getTrackingUri } from "../tracking";
import { markup, outputHtml } from "../view";
import { Shown } from "./shown";

/** How to open the UI. */
export interface OpenUiOptions {
  /** @default any that is free */
  readonly port?: number;
}

/** The UI that was opened: its link is shown, and ends with the process, or before by {@link UiServer.close}. */
export class UiServer extends Shown {
  /** Empty while trackbook is disabled: nothing is kept that could be looked at. */
  readonly url: string;
  readonly #process: ChildProcess | undefined;

  /** @internal */
  constructor(url: string, server?: ChildProcess) {
    super({
      text: url === "" ? "Nothing is recorded: TRACKBOOK_MODE=disabled." : `The runs can be looked at on ${url}`,
      html: outputHtml([linkCard(url, server !== undefined)]),
    });
    this.url = url;
    this.#process = server;
  }

  /** False once it has been closed, or has ended. */
  get isOpen(): boolean {
    return this.#process === undefined || (this.#process.exitCode === null && this.#process.signalCode === null);
  }

  /** Ends the server, which otherwise ends with this process. A server that runs elsewhere is left alone. */
  async close(): Promise<void> {
    const server = this.#process;
    if (!server || !this.isOpen) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.ref();
    server.kill("SIGTERM");
    await ended;
  }
}

const linkCard = (url: string, isOwn: boolean) =>
  markup`<section class="card"><header><b>trackbook</b> <a href="${url}" target="_blank" rel="noopener">${url}</a><span class="grow"></span>${isOwn && markup` <span class="mut">ends with the kernel</span>`}</header></section>`;

const opened = globalSlot("ui-servers", () => new Map<string, UiServer>());

/**
 * Starts the server on the current tracking URI, to look at its runs in a browser, and shows the link. It runs in a process of its own, so that
 * a training does not keep it from answering, and ends with this one. Where runs go to a server already, that server's link is shown.
 *
 * Rejects when the port is taken.
 *
 * @example await openUi();
 */
export async function openUi(options: OpenUiOptions = {}): Promise<UiServer> {
  validateOptions("openUi", options, ["port"]);
  const { port } = options;
  if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535))
    throw new InvalidInputError(messages.badPort(String(port)));
  if (isDisabled()) return new UiServer("").show();
  const storeUri = getTrackingUri();
  if (/^https?:/i.test(storeUri)) return new UiServer(withoutCredentials(storeUri)).show();
  const known = opened.get(storeUri);
  if (known?.isOpen && (port === undefined || Number(new URL(known.url).port) === port)) return known.show();
  const server = await start(storeUri, port ?? 0);
  opened.set(storeUri, server);
  return server.show();
}

async function start(storeUri: string, port: number): Promise<UiServer> {
  const node = currentRuntime().name === "deno" ? "node" : process.execPath;
  const program = join(__dirname, "..", "cli", "index.js");
  const args = [program, "server", "--quiet", "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(node, args, {
    // When this process ends, however it does, the channel closes, and with it the server.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Not among the arguments, which everybody on the machine may see: there may be a password in it.
    env: { ...process.env, NODE_OPTIONS: "", TRACKBOOK_MODE: "", MLFLOW_BACKEND_STORE_URI: storeUri },
  });
  const url = await firstLine(child);
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr] as unknown as { unref?(): void }[]) stream.unref?.();
  return new UiServer(url, child);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    let trouble = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      trouble += text;
    });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const [line, rest] = output.split("\n", 2);
      if (rest !== undefined) resolve(line as string);
    });
    child.once("error", (cause) => reject(new StoreError(messages.uiFailed(cause.message), { cause })));
    child.once("close", () => reject(new StoreError(messages.uiFailed(trouble.trim()))));
  });
}
