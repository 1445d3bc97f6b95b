/**
 * Says where the time of a CPU profile goes: the functions that took most of it by themselves.
 *
 *     node --cpu-prof --cpu-prof-name=one.cpuprofile program.js && tsx benchmarks/profile.ts one.cpuprofile [lines]
 */
import { basename } from "node:path";
import { isIdle, readProfile, visitStacks } from "./support/cpu-profile";

function main(path: string, lines: number): void {
  const times = new Map<string, number>();
  let total = 0;
  visitStacks(readProfile(path), (stack, ms) => {
    const frame = stack.at(-1);
    if (!frame || isIdle(frame)) return;
    const place = frame.url && ` ${basename(frame.url)}:${frame.lineNumber + 1}`;
    const name = (frame.functionName || "(anonymous)") + place;
    times.set(name, (times.get(name) ?? 0) + ms);
    total += ms;
  });
  console.log(`${total.toFixed(0)} ms`);
  const most = [...times].sort(([, a], [, b]) => b - a).slice(0, lines);
  for (const [name, ms] of most)
    console.log(`${((100 * ms) / total).toFixed(1).padStart(5)}% ${ms.toFixed(1).padStart(9)} ms  ${name}`);
}

main(process.argv[2] ?? "", Number(process.argv[3] ?? 25));
