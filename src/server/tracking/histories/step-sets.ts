import { setImmediate as turn } from "node:timers/promises";

/** So many steps are joined in a few milliseconds. */
const AT_ONCE = 200_000;

/** The steps in several lists, ascending and each once. */
export function distinctSteps(lists: readonly (readonly number[])[]): Float64Array {
  const steps = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  let isAscending = true;
  for (const list of lists)
    for (const step of list) {
      if (length > 0 && step <= (steps[length - 1] as number)) isAscending = false;
      steps[length++] = step;
    }
  return isAscending ? steps : withoutTwins(steps.sort());
}

function withoutTwins(steps: Float64Array): Float64Array {
  let length = 0;
  for (const step of steps) if (length === 0 || step !== steps[length - 1]) steps[length++] = step;
  return steps.slice(0, length);
}

/** The steps of two ascending lists, ascending and each once. */
export async function joinSteps(a: Float64Array, b: Float64Array): Promise<Float64Array> {
  if (a.length === 0) return b;
  const joined = new Float64Array(a.length + b.length);
  let length = 0;
  for (let [left, right] = [0, 0]; left < a.length || right < b.length; ) {
    const [first = Number.POSITIVE_INFINITY, second = Number.POSITIVE_INFINITY] = [a[left], b[right]];
    joined[length++] = Math.min(first, second);
    if (first <= second) left++;
    if (second <= first) right++;
    if (length % AT_ONCE === 0) await turn();
  }
  return joined.slice(0, length);
}
