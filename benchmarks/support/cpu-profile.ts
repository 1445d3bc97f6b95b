import { readFileSync } from "node:fs";

/** Where a sample was taken. */
export interface Frame {
  readonly functionName: string;
  /** A file's URL or path, or `node:…`; empty for the engine itself. */
  readonly url: string;
  readonly lineNumber: number;
}

/** V8's CPU profile, as `node --cpu-prof` and the inspector's `Profiler.stop` give it. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: Frame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds from sample to sample. */
  readonly timeDeltas: readonly number[];
}

export const readProfile = (path: string): CpuProfile => JSON.parse(readFileSync(path, "utf8")) as CpuProfile;

/** Calls back with each stack, outermost frame first, and the milliseconds spent in its innermost frame. */
export function visitStacks(profile: CpuProfile, visit: (stack: readonly Frame[], ms: number) => void): void {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const times = new Map<number, number>();
  for (const [index, id] of profile.samples.entries())
    times.set(id, (times.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
  const walk = (id: number, above: readonly Frame[]): void => {
    const node = nodes.get(id);
    if (!node) return;
    const stack = [...above, node.callFrame];
    const ms = times.get(id);
    if (ms !== undefined) visit(stack, ms);
    for (const child of node.children ?? []) walk(child, stack);
  };
  const first = profile.nodes[0];
  if (first) walk(first.id, []);
}

/** Milliseconds in which the processor was busy, and in how many of them `isInside` held for the stack. */
export function busyTime(
  profile: CpuProfile,
  isInside: (stack: readonly Frame[]) => boolean,
): { total: number; inside: number } {
  const time = { total: 0, inside: 0 };
  visitStacks(profile, (stack, ms) => {
    const innermost = stack.at(-1);
    if (!innermost || isIdle(innermost)) return;
    time.total += ms;
    if (isInside(stack)) time.inside += ms;
  });
  return time;
}

/** The milliseconds of each time that the process went into a function for which `isInside` holds, in their order. */
export function spellsOf(profile: CpuProfile, isInside: (frame: Frame) => boolean): number[] {
  const inside = new Set<number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const walk = (id: number, isBelow: boolean): void => {
    const node = nodes.get(id);
    if (!node) return;
    const isIn = isBelow || isInside(node.callFrame);
    if (isIn) inside.add(id);
    for (const child of node.children ?? []) walk(child, isIn);
  };
  const first = profile.nodes[0];
  if (first) walk(first.id, false);
  const spells: number[] = [];
  let isOngoing = false;
  for (const [index, id] of profile.samples.entries()) {
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    // The collector's samples stand outside of every function: they end no spell.
    if (nodes.get(id)?.callFrame.functionName === "(garbage collector)") continue;
    if (inside.has(id)) spells.push(isOngoing ? (spells.pop() ?? 0) + ms : ms);
    isOngoing = inside.has(id);
  }
  return spells;
}

/** Samples in which no program ran: the process waited, or was between two of them. */
export const isIdle = ({ functionName }: Frame): boolean => functionName === "(idle)" || functionName === "(program)";

/**
 * Whether a stack is the time of the package in folder `built`: its innermost frame of that package tells. The door through which
 * autolog calls the user's training leads out again; what the training calls back is ours, and what we do with the library by ourselves.
 */
export function isOurs(stack: readonly Frame[], built: string): boolean {
  const ours = stack.findLast(({ url }) => url.includes(built));
  return ours !== undefined && !(ours.functionName === "run" && ours.url.endsWith("/autolog/hooks/methods.js"));
}
