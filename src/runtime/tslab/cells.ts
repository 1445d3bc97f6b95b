import { warnOnce } from "../../core";
import { whenAborted } from "../aborted-calls";
import type { Cell } from "../runtime";
import { type KernelHandler, kernelModule, type KernelModule, tslabGlobal } from "./kernel";
import { Outbox } from "./outbox";

/** An `execute_request` as tslab keeps it (tslab/dist/jupyter.js, ZmqMessage): what its sender has written, unchecked. */
interface ExecuteRequest {
  readonly content: { readonly code?: unknown } | null;
  readonly header: { readonly msg_id?: unknown };
  readonly metadata?: { readonly cellId?: unknown } | null;
}

interface RequestPrototype {
  createReply: () => unknown;
}

let requestPrototype: RequestPrototype | undefined;
let handler: KernelHandler | undefined;

/**
 * The cell started last. tslab keeps its request in a closure only: the function that sends outputs begins with
 * `request.createReply()`, so for the length of one call that method is one that hands us its `this` and stops the sending.
 */
export function currentCell(): Cell | undefined {
  try {
    const kernel = kernelModule();
    if (!kernel) return undefined;
    requestPrototype ??= findRequestPrototype(kernel);
    const request = requestPrototype && catchThis<ExecuteRequest>(kernel, requestPrototype, "createReply", "value");
    const code = request?.content?.code;
    const messageId = request?.header.msg_id;
    if (typeof code !== "string" || typeof messageId !== "string") return undefined;
    const id = request?.metadata?.cellId;
    return {
      code,
      id: typeof id === "string" ? id : undefined,
      messageId,
      executionCount: handler?.execCount,
    };
  } catch {
    return undefined;
  }
}

/** The requests' class is not exported, but a new reply sets `identity` first: a setter on Object.prototype sees whose it is. */
function findRequestPrototype(kernel: KernelModule): RequestPrototype | undefined {
  const reply = catchThis<object>(kernel, Object.prototype, "identity", "set");
  return reply && (Object.getPrototypeOf(reply) as RequestPrototype);
}

/** Starts sending an empty output and stops it where `target[name]` is called, or set; returns the `this` seen there. */
function catchThis<T>(kernel: KernelModule, target: object, name: string, kind: "value" | "set"): T | undefined {
  const stop = new Error("stopped on purpose");
  let caught: T | undefined;
  const trap = function (this: T) {
    caught = this;
    throw stop;
  };
  const before = Object.getOwnPropertyDescriptor(target, name);
  const restore = () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
  // A trap that an interrupt leaves behind would keep the kernel from ever answering again.
  const cameBack = whenAborted(restore);
  Object.defineProperty(target, name, { configurable: true, [kind]: trap });
  try {
    kernel.lastWriteDisplayData({ data: {} }, false);
  } catch (error) {
    if (error !== stop) throw error;
  } finally {
    restore();
    cameBack();
  }
  return caught;
}

/** Learns at the start of the next cell which object counts the cells; the method it borrows is put back right there. */
export function watchExecutionCount(): void {
  const prototype = kernelModule()?.JupyterHandlerImpl?.prototype;
  const original = prototype?.handleExecuteImpl;
  if (!prototype || !original || handler) return;
  prototype.handleExecuteImpl = function (...request) {
    prototype.handleExecuteImpl = original;
    handler = this;
    return original.apply(this, request);
  };
}

/** Everything that is shown goes through it. */
export const outbox = new Outbox({
  clock: () => performance.now(),
  nextTurn: (callback) => void setImmediate(callback),
});

const cellEndListeners = new Set<() => void>();
let stopAnnouncing: (() => void) | undefined;

/** The kernel announces the end of a cell through one method, which is ours for as long as somebody listens. */
export function onCellEnd(listener: () => void): () => void {
  cellEndListeners.add(listener);
  stopAnnouncing ??= announceCellEnds();
  return () => {
    cellEndListeners.delete(listener);
    if (cellEndListeners.size > 0) return;
    stopAnnouncing?.();
    stopAnnouncing = undefined;
  };
}

function announceCellEnds(): (() => void) | undefined {
  const prototype = kernelModule()?.ZmqServer?.prototype;
  const original = prototype?.publishStatus;
  if (!prototype || !original) return undefined;
  prototype.publishStatus = function (status, request) {
    if (status === "idle" && request.header.msg_type === "execute_request") cellEndListeners.forEach(callQuietly);
    outbox.announce(() => original.call(this, status, request));
  };
  return () => {
    prototype.publishStatus = original;
  };
}

/** A fault of a listener must not keep the notebook waiting for the end of its cell. */
function callQuietly(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    warnOnce("cell-end", `the end of a cell could not be handled: ${String(error)}`);
  }
}

/** Later cells read the top-level variables and named imports of earlier ones from one object: swaps equal values there. */
export function replaceInCells(from: unknown, to: unknown): number {
  const values = tslabGlobal()?.exports;
  if (!values) return 0;
  const names = Object.keys(values).filter((name) => values[name] === from);
  for (const name of names) values[name] = to;
  return names.length;
}
