import { setImmediate as turn } from "node:timers/promises";

/** So many comparisons take a few milliseconds. */
const AT_ONCE = 50_000;

/**
 * The numbers from 0 to `length` in an order, those that are alike as they are. What is sorted already costs one look at each; between
 * parts of the work others have their turn.
 */
export async function sortedPlaces(length: number, compare: (a: number, b: number) => number): Promise<Uint32Array> {
  let places = new Uint32Array(length);
  let bounds = [0];
  for (let index = 0; index < length; index++) {
    places[index] = index;
    if (index > 0 && compare(index - 1, index) > 0) bounds.push(index);
    if (index % AT_ONCE === AT_ONCE - 1) await turn();
  }
  bounds.push(length);
  let others = bounds.length > 2 ? new Uint32Array(length) : places;
  while (bounds.length > 2) {
    const merged = [0];
    let isDue = AT_ONCE;
    for (let run = 0; run < bounds.length - 1; run += 2) {
      const [start, middle] = [bounds[run] as number, bounds[run + 1] as number];
      const end = bounds[run + 2] ?? middle;
      for (let [left, right, to] = [start, middle, start]; to < end; to++) {
        const [a, b] = [places[left] as number, places[right] as number];
        const isLeft = left < middle && (right >= end || compare(a, b) <= 0);
        others[to] = isLeft ? a : b;
        if (isLeft) left++;
        else right++;
        if (--isDue > 0) continue;
        isDue = AT_ONCE;
        await turn();
      }
      merged.push(end);
    }
    [places, others] = [others, places];
    bounds = merged;
  }
  return places;
}
