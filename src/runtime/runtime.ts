/** One output in every form it has, by MIME type. The text must stand by itself. */
export interface DisplayBundle {
  readonly "text/plain": string;
  readonly [mimeType: string]: unknown;
}

export interface DisplayOptions {
  /** Names the output, so that a later call can replace it. In a terminal such an output is redrawn in place, and not shown at all where nobody looks (a pipe). */
  readonly id?: string;
  /** Replaces the output of the same `id` and does not add one. */
  readonly update?: boolean;
  /** Shows this frame of the `id` even where it can only be added once more and not put in place: it may be the last. */
  readonly isLast?: boolean;
}

/** The notebook cell that was started last. */
export interface Cell {
  /** The source as the user wrote it. */
  readonly code: string;
  /** The notebook's id of the cell; JupyterLab sends it, nbclient does not. */
  readonly id: string | undefined;
  /** The id of the request that runs the cell: another one each time it is run. */
  readonly messageId: string;
  /** The number in front of the cell. Unknown while the cell runs in which trackbook was first used. */
  readonly executionCount: number | undefined;
}

/** Called when the process is about to end, or is asked to. What it returns is waited for. */
export type EndingListener = () => void | Promise<void>;

/** How text is to look where it is shown. */
export interface TextStyle {
  /** In columns. */
  readonly width: number;
  readonly color: boolean;
}

export type RuntimeName = "node" | "tslab" | "deno";

/** Where we run: what it can show, where its source is, and how it ends. */
export interface Runtime {
  readonly name: RuntimeName;
  /** Whether code runs in cells that can show HTML. */
  readonly isNotebook: boolean;
  /** Whether somebody may be looking at what is displayed while it changes: a notebook, or a terminal. */
  readonly isInteractive: boolean;
  /**
   * Shows `bundle`. Never throws; `false` says that it could not be shown now and may be tried again later
   * (tslab's socket is busy after some hundred messages without a turn of the event loop).
   */
  display(bundle: DisplayBundle, options?: DisplayOptions): boolean;
  /** How the text of an output must look: of one that is printed, or of one with an `id` that is redrawn (`isLive`). */
  textStyle(isLive: boolean): TextStyle;
  /** The cell started last, in tslab; synchronous. Ask at the start of a training, not from a later callback. */
  currentCell(): Cell | undefined;
  /**
   * Calls `listener` when a cell has ended and before the notebook is told so: the last moment at which tools that run notebooks
   * take an output of it. In a script: when the process exits. Absent where the end of a cell cannot be seen (Deno).
   */
  readonly onCellEnd?: (listener: () => void) => () => void;
  /** Absolute path of the notebook where it is known (kernels started by a Jupyter server; stale after a rename). */
  notebookPath(): string | undefined;
  /** Loads a package as the user's own code would, and not as trackbook's. @throws what `require` throws */
  requireFromUser(specifier: string): unknown;
  /** Makes later cells see `to` wherever an earlier cell's top-level variable or import holds `from`; returns how many did. */
  replaceInCells(from: unknown, to: unknown): number;
  /**
   * Calls `listener` on SIGINT and returns what takes it off again. In a script the process then dies of the signal as it
   * would have, unless the user listens to the signal too: then nothing is called. In tslab the kernel lives on.
   */
  onInterrupt(listener: EndingListener): () => void;
  /** The same for SIGTERM, and in a script for SIGHUP, after which the process always dies. */
  onTerminate(listener: EndingListener): () => void;
  /**
   * Calls what may hold the event loop for long, so that nobody hears a signal: it then ends a script as it would have without us. On SIGINT the
   * listeners are called first. In a notebook the kernel sees to it.
   */
  callInterruptibly<T>(call: () => T): T;
  /** The same of what is called and holds the event loop until the function returned is called: signals have their own effect. */
  letSignalsPass(): () => void;
  /** Calls `listener` when nothing is left to do: at the end of a script, and when a kernel is shut down or restarted. */
  onShutdown(listener: EndingListener): () => void;
}
