import { readFileSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { Predictor } from "../../predictor";
import { encodeAnswer } from "./answer";
import { encodeFrame, FrameReader, type Frame } from "./frames";
import { moduleImporter } from "./module-importer";
import { packageLoader, PackageMissing, packagePlaces } from "./packages";
import { readRequest } from "./request";

/*
 * The Node process behind a model that Python has loaded: `node main.cjs MODEL_FOLDER`. It says on stdout that it is ready, then answers each message on
 * stdin with one. It ends when stdin does.
 *
 * stdin is read by a thread of its own, so that the end of Python is noticed while a prediction keeps the main thread busy.
 */

/** How long the main thread may take to end by itself once Python is gone. */
const GRACE_MS = 1000;

/** A copy of this goes with every model, beside the predictor. */
interface Description {
  readonly config: Readonly<Record<string, unknown>>;
}

interface Model {
  /** Rows may depend on each other: they come in one message. */
  readonly whole: boolean;
  answer(frame: Frame): Promise<Frame>;
}

function readStdin(): void {
  const reader = new FrameReader();
  const stdin = new Socket({ fd: 0, readable: true, writable: false });
  stdin.on("data", (chunk) => {
    for (const frame of reader.add(chunk))
      parentPort?.postMessage(
        frame,
        frame.blocks.map(({ buffer }) => buffer as ArrayBuffer),
      );
  });
  stdin.on("error", () => undefined);
  stdin.on("close", () => {
    parentPort?.postMessage(undefined);
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS);
  });
}

async function serve(folder: string): Promise<void> {
  keepStdoutForAnswers();
  // Signals to the whole group are Python's affair: it may want to answer what it was asked before it ends, and closes stdin.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
  const frames = new Worker(__filename);
  let model: Model;
  try {
    refuseOldNode(process.versions.node);
    model = await loadModel(folder);
  } catch (error) {
    send({ body: { error: describe(error, folder) }, blocks: [] });
    process.exit(1);
  }
  const { answer, whole } = model;
  frames.on("message", (frame: Frame | undefined) => {
    if (frame === undefined) process.exit(0);
    answer(frame).then(send, (error) => send({ body: { error: describe(error, folder) }, blocks: [] }));
  });
  send({ body: { ready: process.versions.node, whole }, blocks: [] });
}

async function loadModel(folder: string): Promise<Model> {
  const { config } = JSON.parse(readFileSync(join(__dirname, "model.json"), "utf8")) as Description;
  const { predictor } = require("./predictor.cjs") as { readonly predictor: Predictor };
  const found = [folder, process.env.TRACKBOOK_NODE_PATH, process.cwd()] as const;
  const load = packageLoader(...found);
  const importModule = moduleImporter({ folder, places: packagePlaces(...found), load });
  const model = await predictor.restore({ folder, config, require: load, importModule });
  return {
    whole: predictor.whole === true,
    async answer(frame) {
      const { input, params } = readRequest(frame);
      return encodeAnswer(await predictor.predict(model, input, params));
    },
  };
}

/** As package.json's `engines` of trackbook has it. */
function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new NodeTooOld();
}

class NodeTooOld extends Error {}

/** Libraries print what they like: it goes to stderr, of which Python keeps the end. */
function keepStdoutForAnswers(): void {
  Object.defineProperty(process, "stdout", { get: () => process.stderr });
}

function send(frame: Frame): void {
  try {
    for (const piece of encodeFrame(frame))
      for (let sent = 0; sent < piece.byteLength; ) sent += writeSync(1, piece, sent, piece.byteLength - sent);
  } catch {
    // Python is gone, and nobody is left to tell.
    process.exit(0);
  }
}

function describe(error: unknown, folder: string): object {
  if (error instanceof PackageMissing) return { missing: error.package, looked: error.looked };
  if (error instanceof NodeTooOld) return { old: process.versions.node };
  if (!(error instanceof Error)) return { message: String(error) };
  const missing = missingPackage(error);
  if (missing !== undefined) return { missing, looked: [folder] };
  return { message: `${error.name}: ${error.message}`, stack: error.stack };
}

/** What code of the user's own imports by itself, from the model's folder. */
function missingPackage({ message, code }: NodeJS.ErrnoException): string | undefined {
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") return undefined;
  return /^Cannot find (?:package|module) '((?:@[^/']+\/)?[^@./:'][^/:']*)/.exec(message)?.[1];
}

if (isMainThread) void serve(process.argv[2] as string);
else readStdin();
