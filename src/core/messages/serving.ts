import type { Problem } from "../errors";

/** What is said where a server cannot be started. */
export const servingMessages = {
  portTaken: (host: string, port: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Port ${port} of ${host} is taken by another program.`,
    received: port,
    accepted: "a free port",
    hint: `give another one with --port ${port + 1}, or --port 0 for any.`,
  }),
  portForbidden: (host: string, port: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Port ${port} of ${host} may not be used by this user.`,
    received: port,
    accepted: "a port from 1024 on, as a rule",
    hint: "--port 5001 is open to every user.",
  }),
  noSuchHost: (host: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This machine has no such address.",
    received: host,
    accepted: "127.0.0.1 for this machine alone, 0.0.0.0 for every network",
    hint: "--host 127.0.0.1 is right on every machine.",
  }),
  notListening: (host: string, port: number): Problem => ({
    code: "INTERNAL_ERROR",
    what: `No server could be started on port ${port} of ${host}.`,
    hint: "error.cause has the reason; --host and --port choose another place.",
  }),
  badPort: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no port.",
    received: text,
    accepted: "a whole number from 0 (any free one) to 65535",
    hint: "--port 5001 is right.",
  }),
  badSeconds: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no number of seconds.",
    received: text,
    accepted: "a number above 0",
    hint: "--timeout 60 waits a minute.",
  }),
  badSize: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no size.",
    received: text,
    accepted: "a number of bytes, or with a unit: 500KB, 100MB, 2GB",
    hint: "--body-limit 100MB is right.",
  }),
  badEnvironmentManager: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown environment manager.",
    received: text,
    accepted: "local, or one of virtualenv, uv, conda and isolated, which here mean the same",
    hint: "--env isolated takes the packages that are pinned with the model.",
  }),
  unreadableInput: (path: string, reason: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The input cannot be read: ${reason}.`,
    received: path,
    accepted: "a file of JSON or CSV, or - for stdin",
    hint: "relative paths begin at the working directory.",
  }),
  unwritableOutput: (path: string, reason: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The predictions cannot be written: ${reason}.`,
    received: path,
    hint: "give another file, or none for stdout.",
  }),
  notBuilt: (folder: string): Problem => ({
    code: "INVALID_STATE",
    what: "This copy of trackbook has not been built, so an image cannot be made of it.",
    received: folder,
    hint: "run npm run build there, or install the package.",
  }),
  workersFailed: (exitCode: number | null): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The worker processes end right after they have started (exit code ${exitCode}).`,
    hint: "start it with --workers 1: what it says on the way is the reason.",
  }),
};
