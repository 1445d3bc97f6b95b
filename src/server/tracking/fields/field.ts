/** The names of an enum of MLflow's protocol, and their numbers: either may be sent. */
export type EnumNames<N extends string = string> = Readonly<Record<N, number>>;

/** What a field of a request holds. Everything that reads, documents or tests requests goes by this. */
export type FieldType =
  | { readonly kind: "text" }
  | { readonly kind: "integer" }
  /** NaN and infinities are text. */
  | { readonly kind: "number" }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly names: EnumNames }
  | { readonly kind: "list"; readonly item: FieldType; readonly most?: number }
  | { readonly kind: "message"; readonly fields: Fields };

declare const VALUE: unique symbol;

/** A field of a request, whose value is a `T` when the request has been read. */
export interface Field<T = unknown> {
  readonly type: FieldType;
  /** Absent, `null` and `""` are refused. */
  readonly isRequired?: boolean;
  /** What stands for one that is absent. */
  readonly preset?: unknown;
  /** Another name under which it is taken, when it is absent under its own. */
  readonly alias?: string;
  /** A filter of a search. */
  readonly isFilter?: boolean;
  /** Part of the path and not of the query or body. */
  readonly isInPath?: boolean;
  /** The least and the most that an integer may be. */
  readonly least?: number;
  readonly most?: number;
  readonly [VALUE]?: T;
}

/** The fields of a request or message, by name. */
export type Fields = Readonly<Record<string, Field>>;

/** What fields hold, once read. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Text. */
export const text = (): Field<string | undefined> => ({ type: { kind: "text" } });

/** A filter of a search. */
export const filterText = (): Field<string | undefined> => ({ type: { kind: "text" }, isFilter: true });

/** A whole number, also as text. */
export const integer = (
  limits: { readonly least?: number; readonly most?: number } = {},
): Field<number | undefined> => ({
  type: { kind: "integer" },
  ...limits,
});

/** A number, also as text. */
export const number = (): Field<number | undefined> => ({ type: { kind: "number" } });

/** True or false. */
export const flag = (): Field<boolean | undefined> => ({ type: { kind: "flag" } });

/** One of the names of an enum. One that is unknown counts as absent, as in MLflow. */
export const choice = <N extends string>(names: EnumNames<N>): Field<N | undefined> => ({
  type: { kind: "choice", names },
});

/** A message within. */
export const message = <F extends Fields>(fields: F): Field<Values<F> | undefined> => ({
  type: { kind: "message", fields },
});

/** Several of the same; none when it is absent. */
export const list = <T>(item: Field<T>, most?: number): Field<readonly Exclude<T, undefined>[]> => ({
  type: { kind: "list", item: item.type, ...(most !== undefined && { most }) },
  preset: [],
});

/** The same field, which must be there. */
export function required<T>(field: Field<T>): Field<Exclude<T, undefined>> {
  const { preset: _, ...rest } = field as Field<never>;
  return { ...rest, isRequired: true };
}

/** The same field, with a value for when it is absent. */
export const preset = <T>(field: Field<T | undefined>, value: T): Field<T> => ({ ...field, preset: value }) as Field<T>;

/** Text in the route's path. */
export const inPath = (): Field<string> => ({ type: { kind: "text" }, isRequired: true, isInPath: true });

/** A run's id, which older clients call `run_uuid`. */
export const runId = (): Field<string> => ({ type: { kind: "text" }, isRequired: true, alias: "run_uuid" });
