/** Combines two diagrams into one, and marks what was added, removed or changed. */
import type { Change, Diagram, DiagramEdge, DiagramGroup, DiagramNode } from './diagram';

/** Parts only in `after` are marked as added, parts only in `before` as removed. Neither diagram may be folded. */
export function markChanges(before: Diagram, after: Diagram): Diagram {
  const groups = overlay(before.groups, after.groups, groupKey, (one, other) => ({
    ...other,
    nodes: overlay(one.nodes, other.nodes, nodeKey, changedNode),
    change: one.trustDomain === other.trustDomain ? undefined : ('changed' as const),
  }));
  return {
    ...after,
    groups: groups.map((group) =>
      // The parts of an added or removed group have the same change.
      isWhole(group.change)
        ? { ...group, nodes: group.nodes.map((node) => ({ ...node, change: group.change })) }
        : group,
    ),
    edges: overlay(before.edges, after.edges, edgeKey, (_, edge) => edge),
  };
}

function isWhole(change: Change | undefined): boolean {
  return change === 'added' || change === 'removed';
}

const groupKey = ({ id }: DiagramGroup): string => id;
const nodeKey = ({ id }: DiagramNode): string => id;
const edgeKey = ({ kind, from, to }: DiagramEdge): string => `${kind} ${from} ${to}`;

function changedNode(one: DiagramNode, other: DiagramNode): DiagramNode {
  return one.label.join('\n') === other.label.join('\n') ? other : { ...other, change: 'changed' };
}

/** In the order of `after`, then what is gone in the order of `before`. */
function overlay<Part extends { readonly change?: Change }>(
  before: readonly Part[],
  after: readonly Part[],
  key: (part: Part) => string,
  both: (before: Part, after: Part) => Part,
): readonly Part[] {
  const [old, present] = [before, after].map((parts) => new Map(parts.map((part) => [key(part), part])));
  return [
    ...after.map((part) => {
      const was = old?.get(key(part));
      return was === undefined ? { ...part, change: 'added' as const } : both(was, part);
    }),
    ...before.filter((part) => !present?.has(key(part))).map((part) => ({ ...part, change: 'removed' as const })),
  ];
}
