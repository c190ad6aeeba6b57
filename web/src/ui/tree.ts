export interface TreeNode { id: string; parent: string | null }
export interface TreeRow<T> { node: T; depth: number; children: number }

/** Depth first, children in the order given; a node whose parent is out of sight is a root. */
export function treeOrder<T extends TreeNode>(nodes: T[], closed: ReadonlySet<string> = new Set()): TreeRow<T>[] {
  const ids = new Set(nodes.map((node) => node.id));
  const below = new Map<string | null, T[]>();
  for (const node of nodes) {
    const parent = node.parent !== null && ids.has(node.parent) && node.parent !== node.id ? node.parent : null;
    const list = below.get(parent);
    if (list === undefined) below.set(parent, [node]);
    else list.push(node);
  }
  const rows: TreeRow<T>[] = [];
  const walk = (parent: string | null, depth: number) => {
    for (const node of below.get(parent) ?? []) {
      rows.push({ node, depth, children: below.get(node.id)?.length ?? 0 });
      if (!closed.has(node.id)) walk(node.id, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}

/** A node and all below it. */
export function subtree<T extends TreeNode>(nodes: T[], root: string): Set<string> {
  const inside = new Set([root]);
  let grew = true;
  while (grew) {
    grew = false;
    for (const node of nodes) {
      if (node.parent !== null && inside.has(node.parent) && !inside.has(node.id)) { inside.add(node.id); grew = true; }
    }
  }
  return inside;
}
