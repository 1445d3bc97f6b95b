export { createGuard, type Guard, type GuardOptions } from "./guard";
