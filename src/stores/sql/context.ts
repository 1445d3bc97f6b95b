import type { Dialect } from "./dialects";
import type { Steps } from "./steps";

/** What every operation knows of the database that it is for. */
export interface SqlContext {
  readonly dialect: Dialect;
  /** Below it, each experiment that says nothing else keeps its artifacts. */
  readonly artifactRoot: string;
  /** @default as much as is best with many runs */
  readonly patience?: SearchPatience;
}

/** How many runs a search looks at before it goes about it in another way: the page that it finds is the same. */
export interface SearchPatience {
  /** So few are looked at one by one. */
  readonly few: number;
  /** At least so many of those that come first in the order. */
  readonly walk: number;
  /** At least so many times what ends with the page. */
  readonly pages: number;
  /** So many one by one, when those that come first did not fill a page. */
  readonly several: number;
  /** So many one by one only where they are no more than one of so many in the database. */
  readonly share: number;
}

type Method = (...args: never[]) => unknown;

/** The methods of a store. */
export type MethodOf<Store> = { [K in keyof Store]-?: NonNullable<Store[K]> extends Method ? K : never }[keyof Store];

/** A method of a store as steps. */
export type Operation<Store, K extends keyof Store> =
  NonNullable<Store[K]> extends (...args: infer A) => infer R
    ? {
        /** Whether it changes anything. */
        readonly writes: boolean;
        readonly steps: (context: SqlContext, ...args: A) => Steps<R>;
      }
    : never;

/** Methods of a store as steps. */
export type Operations<Store, K extends MethodOf<Store> = MethodOf<Store>> = {
  readonly [Name in K]: Operation<Store, Name>;
};

/** An operation that changes nothing. */
export const reads = <A extends unknown[], R>(steps: (context: SqlContext, ...args: A) => Steps<R>) => ({
  writes: false,
  steps,
});

/** An operation that changes something, or nothing when it throws. */
export const writes = <A extends unknown[], R>(steps: (context: SqlContext, ...args: A) => Steps<R>) => ({
  writes: true,
  steps,
});

/** Operations of whatever store, their arguments' types forgotten. */
export type AnyOperations = Readonly<
  Record<
    string,
    { readonly writes: boolean; readonly steps: (context: SqlContext, ...args: unknown[]) => Steps<unknown> }
  >
>;
