import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { errorCode } from "../atomic-file";

let place: string | undefined;

/** Where the ids of processes mean something: the machine, and in it the container. */
export function processPlace(): string {
  place ??= `${hostname()} ${namespace()}`;
  return place;
}

/** The machine as it was last started: two of one name differ by it. `""` where the system does not say. */
export const machineStart = (): string => firstOf(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());

/** Linux: which container's process ids these are. */
const namespace = (): string => firstOf(() => readlinkSync("/proc/self/ns/pid"));

/** When a process of this place was begun, by which it differs from later ones of the same id; `""` where the system does not say. */
export const processStart = (pid: number): string =>
  // The name before it, in parentheses, may hold anything.
  firstOf(() => readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1)?.split(" ")[20] ?? "");

/** Whether a process of this place still runs; `start` is what {@link processStart} said of it, `""` when it is not known. */
export function isProcessAlive(pid: number, start = ""): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (errorCode(cause) !== "EPERM") return false;
  }
  const found = start === "" ? "" : processStart(pid);
  return found === "" || found === start;
}

function firstOf(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
