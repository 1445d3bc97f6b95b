import Module from "node:module";
import type { DisplayBundle } from "../runtime";

/** What every tslab kernel puts on the global object (tslab/dist/executor.js). */
export interface TslabGlobal {
  /** The top-level variables and imports of all cells. */
  readonly exports: Record<string, unknown>;
  /** Resolves from the notebook's folder, and `tslab` to the kernel that runs. */
  readonly require: (specifier: string) => unknown;
}

/** What a message that shows something holds. */
export interface DisplayData {
  readonly data: Partial<DisplayBundle>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

/** Sends a message about one cell. Throws EBUSY when too many were sent in one turn of the event loop. */
export type DisplayWriter = (content: DisplayData, isUpdate: boolean) => void;

/** The parts of the kernel's own module (tslab/dist/jupyter.js) that can do more than tslab's public API. */
export interface KernelModule {
  /** The running cell's. */
  readonly lastWriteDisplayData: DisplayWriter;
  readonly JupyterHandlerImpl: { readonly prototype: KernelHandler };
  readonly ZmqServer: { readonly prototype: KernelServer };
}

/** The kernel's object that talks to Jupyter. */
export interface KernelServer {
  /** Tells Jupyter that a request is worked on (`busy`), or done (`idle`). */
  publishStatus(status: string, request: { readonly header: { readonly msg_type: string } }): void;
}

/** The kernel's object that runs cells. */
export interface KernelHandler {
  execCount: number;
  handleExecuteImpl(...request: unknown[]): Promise<unknown>;
}

/** tslab's global object, in a tslab kernel. */
export function tslabGlobal(): TslabGlobal | undefined {
  const candidate = (globalThis as { __tslab__?: Partial<TslabGlobal> }).__tslab__;
  return typeof candidate?.require === "function" ? (candidate as TslabGlobal) : undefined;
}

let active: KernelModule | undefined;

/**
 * The module of the kernel that runs. Two copies of tslab are loaded when the notebook's folder has its own; the one in use
 * is the one whose `lastWriteDisplayData` is set.
 */
export function kernelModule(): KernelModule | undefined {
  active ??= findKernelModule();
  return active;
}

function findKernelModule(): KernelModule | undefined {
  const cache = (Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> })._cache;
  for (const [file, module] of Object.entries(cache)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file)) continue;
    if (typeof module?.exports?.lastWriteDisplayData === "function") return module.exports;
  }
  return undefined;
}
