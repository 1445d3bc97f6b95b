import type { Context } from "hono";
import type { Backend } from "../backend";
import type { Fields, Values } from "../fields";

/** The HTTP methods of the API. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Where a route stands in the API, and what it takes. */
interface RouteDescription<F extends Fields> {
  /** The first word of the operation's name in the documentation: what it is about. */
  readonly subject: string;
  readonly summary: string;
  /** The first is the one to use. */
  readonly methods: readonly [Method, ...Method[]];
  /** Behind the prefix and version, `{name}` for what is in the path, `{+path}` for the rest of it. */
  readonly path: string;
  /** @default ["2.0"] */
  readonly versions?: readonly string[];
  /** Where it lies. @default both: `/api/2.0/…` and `/ajax-api/2.0/…`; `page` only the second; `root` neither */
  readonly place?: "page" | "root";
  /** Of the query for GET, else of the JSON body; `query` for bodies that are no JSON. */
  readonly fields: F;
  readonly fieldsIn?: "query";
  /** It moves artifacts: off where these are not served. */
  readonly isProxy?: boolean;
}

/** A route that answers JSON: `{}` for nothing. */
export interface JsonRoute<F extends Fields> extends RouteDescription<F> {
  answer(values: Values<F>, backend: Backend): Promise<unknown>;
}

/** A route whose request or answer is a file. */
export interface FileRoute<F extends Fields> extends RouteDescription<F> {
  respond(values: Values<F>, backend: Backend, context: Context): Promise<Response>;
}

/** An operation of the API, as data: everything that serves, documents or tests it reads this. */
export type Route = JsonRoute<Fields> | FileRoute<Fields>;

/** A route that answers JSON; what it answers is checked against its fields. */
export const jsonRoute = <F extends Fields>(route: JsonRoute<F>): Route => route as unknown as Route;

/** A route whose request or answer is a file. */
export const fileRoute = <F extends Fields>(route: FileRoute<F>): Route => route as unknown as Route;
