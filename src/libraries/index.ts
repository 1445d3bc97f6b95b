export type * from "./integration";
