export type * from "./artifact-repository";
