export type * from "./tracking-store";
