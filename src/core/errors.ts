/** Every code an error of ours can carry: MLflow's, with MLflow's HTTP status, and our own. */
export const ERROR_CODES = {
  INVALID_PARAMETER_VALUE: { status: 400 },
  BAD_REQUEST: { status: 400 },
  RESOURCE_ALREADY_EXISTS: { status: 400 },
  RESOURCE_DOES_NOT_EXIST: { status: 404 },
  INVALID_STATE: { status: 500 },
  INTERNAL_ERROR: { status: 500 },
  DATA_LOSS: { status: 500 },
  TEMPORARILY_UNAVAILABLE: { status: 503 },
  NOT_IMPLEMENTED: { status: 501 },
  UNAUTHENTICATED: { status: 401 },
  PERMISSION_DENIED: { status: 403 },
  /** A verb was called on a run that has ended. */
  RUN_ENDED: { status: 400 },
  /** `startRun()` while an explicit run is active. */
  RUN_ACTIVE: { status: 400 },
  /** An optional package that the call needs is not installed. */
  MISSING_PACKAGE: { status: 501 },
} as const satisfies Record<string, { status: number }>;

/** MLflow's codes of what went wrong, as `error.code` holds them. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** What went wrong, as data: every message of the project is a function in `messages/` that returns one of these. */
export interface Problem {
  readonly code: ErrorCode;
  /** What happened, one sentence with its full stop. */
  readonly what: string;
  /** The value that came, when there is one. */
  readonly received?: unknown;
  /** What would have been accepted, a noun phrase without a full stop. */
  readonly accepted?: string;
  /** What mends it: where there is one, the very call or command. */
  readonly hint: string;
  /** What mends it for who is at the command line, where `hint` names a call. */
  readonly commandHint?: string;
}

/** The root of every error that trackbook throws. */
export class TrackbookError extends Error {
  override readonly name: string = "TrackbookError";
  readonly code: ErrorCode;
  readonly received?: unknown;
  readonly accepted?: string;
  readonly hint: string;
  /** @internal What the error was made of. */
  declare readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(formatProblem(problem), options);
    Object.defineProperty(this, "problem", { value: problem, enumerable: false });
    this.code = problem.code;
    if ("received" in problem) this.received = problem.received;
    if (problem.accepted !== undefined) this.accepted = problem.accepted;
    this.hint = problem.hint;
  }

  /** The HTTP status that MLflow gives this code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** The caller's mistake: thrown at once, whatever the verb. */
export class InvalidInputError extends TrackbookError {
  override readonly name: string = "InvalidInputError";
}

/** Trouble of the store: logging verbs never throw it, `flush()`, `end()` and the reading verbs reject with it. */
export class StoreError extends TrackbookError {
  override readonly name: string = "StoreError";
}

/** What the message of an error says. */
export function formatProblem({ what, accepted, hint, ...rest }: Problem): string {
  const parts = [what];
  if ("received" in rest) parts.push(`Received: ${showValue(rest.received)}.`);
  if (accepted) parts.push(`Accepted: ${accepted}.`);
  parts.push(`Hint: ${hint}`);
  return `${parts.join(" ")} [${rest.code}]`;
}

/** A value as an error message shows it: one line, short, never throwing. */
export function showValue(value: unknown): string {
  try {
    if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value);
    if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined)
      return String(value);
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function") return `function ${value.name || "(anonymous)"}`;
    if (typeof value === "symbol") return value.toString();
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    const json = JSON.stringify(value);
    return json === undefined ? kind : `${json.length > 80 ? `${json.slice(0, 77)}…` : json} (${kind})`;
  } catch {
    return typeof value;
  }
}
