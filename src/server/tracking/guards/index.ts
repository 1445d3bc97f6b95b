export { createGuard, type Guard, type GuardOptions, type Refusal } from "./guard";
