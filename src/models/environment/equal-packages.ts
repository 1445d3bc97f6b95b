import type { Need, PackageNode } from "./dependency-graph";

/**
 * For each package one that stands for all equal ones: the same name and version, needing equal packages in turn. An
 * installed tree may hold several copies of one package, and pnpm's holds one for each set of its peers.
 *
 * @param isCopied true for a package that no registry has: it is equal to itself alone
 */
export function representatives(
  roots: readonly Need[],
  isCopied: (node: PackageNode) => boolean,
): (node: PackageNode) => PackageNode {
  const nodes = reachable(roots);
  // Refined until no two packages of one class need packages of different classes, as automata are minimised.
  let classes = classify(nodes, (node) => {
    const { name, version, folder } = node.installed;
    return isCopied(node) ? folder : `${name}@${version}`;
  });
  for (let count = 0; count < new Set(classes.values()).size; ) {
    const before = classes;
    count = new Set(before.values()).size;
    classes = classify(nodes, (node) =>
      JSON.stringify([before.get(node), node.needs.map(({ name, to }) => [name, before.get(to)])]),
    );
  }
  const first = new Map<number, PackageNode>();
  for (const node of nodes) {
    const number = classes.get(node) as number;
    if (!first.has(number)) first.set(number, node);
  }
  return (node) => first.get(classes.get(node) as number) as PackageNode;
}

function classify(nodes: readonly PackageNode[], keyOf: (node: PackageNode) => string): Map<PackageNode, number> {
  const numbers = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      const key = keyOf(node);
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return [node, number];
    }),
  );
}

/** Every package that `roots` lead to, each once, the nearest first. */
export function reachable(roots: readonly Need[], follow: (need: Need) => boolean = () => true): PackageNode[] {
  const found = new Set<PackageNode>();
  const visit = (needs: readonly Need[]) => {
    for (const need of needs) if (follow(need)) found.add(need.to);
  };
  visit(roots);
  // A set that grows while it is walked is walked to its end.
  for (const node of found) visit(node.needs);
  return [...found];
}
