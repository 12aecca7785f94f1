/** Lays two pictures over each other and marks what the second has more and less. */
import type { Change, Picture, PictureEdge, PictureGroup, PictureNode } from './diagram';

/** Everything of both; what only `after` has is added, what only `before` has removed. Takes pictures that are not folded. */
export function markChanges(before: Picture, after: Picture): Picture {
  const groups = overlay(before.groups, after.groups, groupKey, (one, other) => ({
    ...other,
    nodes: overlay(one.nodes, other.nodes, nodeKey, changedNode),
    change: one.trustDomain === other.trustDomain ? undefined : ('changed' as const),
  }));
  return {
    ...after,
    groups: groups.map((group) =>
      // All in a group shares its fate.
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

const groupKey = ({ id }: PictureGroup): string => id;
const nodeKey = ({ id }: PictureNode): string => id;
const edgeKey = ({ kind, from, to }: PictureEdge): string => `${kind} ${from} ${to}`;

function changedNode(one: PictureNode, other: PictureNode): PictureNode {
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
