/** Folds groups that have the same neighbours into one, such as the spokes of a hub. */

import { type Diagram, type DiagramEdge, type DiagramGroup, isMutual } from './diagram';
import { moveEdges } from './move-edges';

/** Smallest number of groups to fold. Fewer are just as easy to read separately. */
const FEWEST = 3;
/** Maximum number of names in a label. For more, the label gives only their number. */
const LISTED = 4;

/**
 * Takes a diagram whose groups are one box each.
 * - Groups are similar if they have the same kind, the same change, and the same edges to the same other groups.
 * - Groups that all federate with each other are similar too, if all else is the same.
 */
export function foldSimilarGroups(diagram: Diagram): Diagram {
  const classes = largestClasses(diagram);
  const place = new Map(classes.flatMap((groups) => groups.map(({ id }) => [id, groups[0]?.id ?? id] as const)));
  const seen = new Set<string>();
  const groups = diagram.groups.flatMap((group) => {
    const first = place.get(group.id);
    if (first === undefined) return [group];
    if (seen.has(first)) return [];
    seen.add(first);
    return [merged(classes.find((members) => members.includes(group)) ?? [group], diagram.edges)];
  });
  return { ...diagram, groups, edges: moveEdges(diagram.edges, place) };
}

function largestClasses({ groups, edges }: Diagram): readonly (readonly DiagramGroup[])[] {
  const around = new Map<string, string[]>(groups.map(({ id }) => [id, []]));
  for (const edge of edges) {
    around.get(edge.from)?.push(sideOf(edge, edge.to, 'from'));
    around.get(edge.to)?.push(sideOf(edge, edge.from, 'to'));
  }
  const open = ({ id, kind, change }: DiagramGroup): string =>
    [kind, change, ...(around.get(id) ?? []).sort()].join('\n');
  // If each group counts as its own neighbour, all members of a clique have the same neighbours.
  const closed = (group: DiagramGroup): string => {
    const self: DiagramEdge = { from: group.id, to: group.id, kind: 'federation' };
    return [group.kind, group.change, ...[...(around.get(group.id) ?? []), sideOf(self, group.id, 'from')].sort()].join(
      '\n',
    );
  };
  const taken = new Set<DiagramGroup>();
  return [open, closed]
    .flatMap((signature) => classesBy(groups, signature))
    .filter((members) => members.length >= FEWEST)
    .sort((a, b) => b.length - a.length)
    .flatMap((members) => {
      if (members.some((member) => taken.has(member))) return [];
      for (const member of members) taken.add(member);
      return [members];
    });
}

/** Describes an edge as seen from one of its ends. */
function sideOf(edge: DiagramEdge, other: string, end: 'from' | 'to'): string {
  return [edge.kind, edge.change, isMutual(edge) ? '' : end, other].join(' ');
}

function classesBy(
  groups: readonly DiagramGroup[],
  signature: (group: DiagramGroup) => string,
): readonly (readonly DiagramGroup[])[] {
  const classes = new Map<string, DiagramGroup[]>();
  for (const group of groups) {
    const key = signature(group);
    classes.set(key, [...(classes.get(key) ?? []), group]);
  }
  return [...classes.values()];
}

function merged(members: readonly DiagramGroup[], edges: readonly DiagramEdge[]): DiagramGroup {
  const [first] = members as readonly [DiagramGroup];
  const ids = new Set(members.map(({ id }) => id));
  const each = edges.some(({ from, to, kind }) => kind === 'federation' && ids.has(from) && ids.has(to));
  // Numeric order: 2 before 10.
  const names = members.map(({ name }) => name).sort(new Intl.Collator('en', { numeric: true }).compare);
  const rest = names.length - LISTED;
  const what = first.kind === 'partner' ? 'partners' : 'clusters';
  return {
    ...first,
    name: `${members.length} ${what}`,
    trustDomain: each ? 'all federated with each other' : 'same federations and calls',
    summary: [...names.slice(0, LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])],
  };
}
