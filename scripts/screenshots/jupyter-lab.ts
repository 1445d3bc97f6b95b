import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Jupyter } from "../notebooks/execute";
import { freePort } from "../free-port";

/** A JupyterLab server of this process's own. */
export interface JupyterLab {
  /** Its address, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

const DEADLINE_MS = 60_000;

/** What a person would click away first, and every cell in the page even where it is out of sight. */
const SETTINGS: Readonly<Record<string, object>> = {
  "apputils-extension/notification": { fetchNews: "false", checkForUpdates: false },
  "notebook-extension/tracker": { windowingMode: "none" },
};

/** Starts JupyterLab for `folder` on the loopback interface, with no settings but {@link SETTINGS} and nothing left behind. */
export async function startJupyterLab(folder: string, { jupyter, jupyterPath }: Jupyter): Promise<JupyterLab> {
  const home = mkdtempSync(join(tmpdir(), "trackbook-lab-"));
  writeSettings(join(home, "settings"));
  const port = await freePort();
  const options = [
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    `--port=${port}`,
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    `--ServerApp.root_dir=${folder}`,
    "--LabApp.expose_app_in_browser=True",
  ];
  const server = spawn(jupyter, ["lab", ...options], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      JUPYTER_PATH: jupyterPath,
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    },
  });
  const lab: JupyterLab = {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      if (server.exitCode === null) {
        const exited = once(server, "exit");
        // The first asks, on a terminal, whether one is sure; without one it ends kernels and server.
        server.kill("SIGTERM");
        await exited;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
  await waitUntilItAnswers(lab, server).catch(async (error) => {
    await lab.stop();
    throw error;
  });
  return lab;
}

function writeSettings(folder: string): void {
  for (const [name, settings] of Object.entries(SETTINGS)) {
    const file = join(folder, "@jupyterlab", `${name}.jupyterlab-settings`);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, JSON.stringify(settings));
  }
}

async function waitUntilItAnswers({ url }: JupyterLab, server: ChildProcess): Promise<void> {
  let said = "";
  server.stderr?.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const deadline = Date.now() + DEADLINE_MS;
  while (
    !(await fetch(`${url}/api/status`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`JupyterLab does not answer:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
