import { InvalidInputError, type Problem } from "../core";

/** What more is known of a refusal. */
interface RefusalOptions {
  readonly cause?: unknown;
  /** Where it is not that of the problem's code. */
  readonly status?: number;
  /** The input is not what the model's signature says. */
  readonly isSchema?: boolean;
  /** Of the model, which threw. */
  readonly stack?: string;
}

/** Why a request gets no prediction: the sender's mistake, or the model's exception. */
export class RefusedRequest extends InvalidInputError {
  override readonly name: string = "RefusedRequest";
  readonly #options: RefusalOptions;
  #stack: string | undefined;

  constructor(problem: Problem, options: RefusalOptions = {}) {
    super(problem, "cause" in options ? { cause: options.cause } : undefined);
    this.#options = options;
    this.#stack = options.stack;
  }

  /** Tells our own stack beside the message. Returns itself. */
  withStack(): this {
    this.#stack = this.stack ?? this.message;
    return this;
  }

  override get status(): number {
    return this.#options.status ?? super.status;
  }

  /** MLflow's JSON of an exception (mlflow/exceptions.py, MlflowException.serialize_as_json). */
  toJSON(): Readonly<Record<string, string>> {
    const { isSchema } = this.#options;
    return {
      error_code: this.code,
      // The code stands beside it.
      message: this.message.replace(/ \[[A-Z_]+\]$/, ""),
      sqlstate: isSchema ? "KAM01" : "KAM00",
      error_class: isSchema ? "SCHEMA_ENFORCEMENT_FAILED" : "INVALID_PARAMETER_VALUE",
      ...(this.#stack === undefined ? {} : { stack_trace: this.#stack }),
    };
  }
}

/** What was sent is not what the model's signature says. */
export const schemaRefusal = (problem: Problem): RefusedRequest => new RefusedRequest(problem, { isSchema: true });
