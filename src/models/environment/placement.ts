import { messages, TrackbookError } from "../../core";
import type { Need, PackageNode } from "./dependency-graph";

/** Where a package is to be installed. */
export interface Place {
  /** `node_modules/a/node_modules/b`; `""` for the folder of the model. */
  readonly path: string;
  /** The folder's name below `node_modules`, by which the package is required. */
  readonly name: string;
  /** Absent for the folder of the model. */
  readonly node: PackageNode | undefined;
  readonly parent: Place | undefined;
  readonly children: Map<string, Place>;
}

/** A package that was looked up from a place, and whose `node_modules` it was found in: that place's own, or one above. */
interface Found {
  readonly from: Place;
  readonly holder: Place;
}

/** Packages that need each other in two versions each would be placed without end. */
const LIMITS = { depth: 40, places: 10_000 } as const;

/**
 * Gives each package its place, as near to the top as it can be: so that every package finds for each of its needs the very copy that it found where the
 * model was trained, whatever the layout there was. The places are sorted as npm's lock files are.
 *
 * @param same the package that stands for all that are equal to a given one
 * @throws TrackbookError when the packages need one another in a way that has no finite tree
 */
export function placePackages(roots: readonly Need[], same: (node: PackageNode) => PackageNode): readonly Place[] {
  const top: Place = { path: "", name: "", node: undefined, parent: undefined, children: new Map() };
  const places: Place[] = [];
  const founds = new Map<string, Found[]>();
  const waiting: { readonly place: Place; readonly needs: readonly Need[] }[] = [{ place: top, needs: roots }];
  // The nearest first: what is needed directly gets the top.
  for (const { place, needs } of waiting) {
    for (const { name, to } of needs) {
      const node = same(to);
      const earlier = founds.get(name) ?? [];
      let holder = holderOf(name, place);
      if (holder?.children.get(name)?.node !== node) {
        holder = highestFor(name, place, earlier);
        const added = addPlace(name, node, holder);
        if (places.push(added) > LIMITS.places || lineage(added).length > LIMITS.depth)
          throw new TrackbookError(messages.packagesTangled(name));
        waiting.push({ place: added, needs: node.needs });
      }
      founds.set(name, [...earlier, { from: place, holder }]);
    }
  }
  return places.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The nearest place, from `place` upwards, that has a package of this name in its `node_modules`. */
const holderOf = (name: string, place: Place): Place | undefined =>
  lineage(place).find(({ children }) => children.has(name));

/** The highest place where a package of this name is seen from `place`, and hides no other from those who found one. */
function highestFor(name: string, place: Place, earlier: readonly Found[]): Place {
  const line = lineage(place);
  const taken = line.findIndex(({ children }) => children.has(name));
  const free = taken < 0 ? line : line.slice(0, taken);
  const hides = (candidate: Place) =>
    earlier.some(({ from, holder }) => lineage(from).includes(candidate) && lineage(candidate).includes(holder));
  // In the package's own node_modules there is room always: nobody has looked for anything from below it yet.
  return free.findLast((candidate) => !hides(candidate)) ?? place;
}

/** The place and all above it, itself first. */
function lineage(place: Place): readonly Place[] {
  const line: Place[] = [];
  for (let current: Place | undefined = place; current; current = current.parent) line.push(current);
  return line;
}

function addPlace(name: string, node: PackageNode, parent: Place): Place {
  const path = `${parent.path === "" ? "" : `${parent.path}/`}node_modules/${name}`;
  const place: Place = { path, name, node, parent, children: new Map() };
  parent.children.set(name, place);
  return place;
}
