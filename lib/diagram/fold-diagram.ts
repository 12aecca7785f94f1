/** Folds a large diagram until a person can read it: first workloads become counts, then clusters become nodes, then similar clusters become one. */

import type { Change, Diagram, DiagramGroup, DiagramNode } from './diagram';
import { foldSimilarGroups } from './fold-similar-groups';
import { changeOf, moveEdges } from './move-edges';

/** Maximum number of nodes in a diagram that shows everything. With more, labels become illegible. */
const MAX_NODES = 40;
/** Maximum number of clusters and partners with separate nodes for server and gateway. */
const MAX_GROUPS = 12;
/** Maximum number of nodes in a diagram whose nodes are clusters or groups of clusters. */
const MAX_FOLDED = 50;

/** Returns a small diagram as it is. Folds a large one as little as possible, and lists the omissions in its notes. */
export function foldDiagram(diagram: Diagram): Diagram {
  if (nodesOf(diagram).length <= MAX_NODES) {
    return diagram;
  }
  const withoutWorkloads = foldWorkloads(diagram);
  if (diagram.groups.length <= MAX_GROUPS && nodesOf(withoutWorkloads).length <= MAX_NODES) {
    return withoutWorkloads;
  }
  return foldGroups(diagram);
}

const nodesOf = ({ groups }: Diagram): readonly DiagramNode[] => groups.flatMap(({ nodes }) => nodes);

/** All workloads of a group become one node. */
function foldWorkloads(diagram: Diagram): Diagram {
  const place = new Map<string, string>();
  const groups = diagram.groups.map((group) => {
    const workloads = group.nodes.filter(({ kind }) => kind === 'workload');
    if (workloads.length < 2) return group;
    const id = `workloads ${group.id}`;
    for (const workload of workloads) place.set(workload.id, id);
    const label = [`${workloads.length} workloads`, ...changesOf(workloads)];
    const others = group.nodes.filter(({ kind }) => kind !== 'workload');
    return { ...group, nodes: [...others, { id, kind: 'several' as const, label, change: changeOf(workloads) }] };
  });
  const notes = ['Workloads of a cluster are drawn as one; calls among them are left out.'];
  return { ...diagram, groups, edges: moveEdges(diagram.edges, place), notes: [...diagram.notes, ...notes] };
}

/** Each group becomes one box; groups that federate with the same others, and call alike, become one. */
function foldGroups(diagram: Diagram): Diagram {
  const place = new Map(diagram.groups.flatMap(({ id, nodes }) => nodes.map((node) => [node.id, id] as const)));
  const groups = diagram.groups.map(
    (group): DiagramGroup => ({
      ...group,
      nodes: [],
      summary: summary(group),
      change: group.change ?? changeOf(group.nodes),
    }),
  );
  // A gateway is part of its cluster's box, so the second half of each call is dropped like other calls inside a cluster.
  const folded = foldSimilarGroups({ ...diagram, groups, edges: moveEdges(diagram.edges, place) });
  const count = folded.groups.length;
  const tooMany = `${count} trust domains or kinds of them are too many for a diagram; choose some with --cluster NAME.`;
  return {
    ...folded,
    notes: [
      ...folded.notes,
      'Each box is a cluster with everything in it, or several similar clusters; calls inside a box are left out.',
      ...(count > MAX_FOLDED ? [tooMany] : []),
    ],
  };
}

function summary({ nodes }: DiagramGroup): readonly string[] {
  const workloads = nodes.filter(({ kind }) => kind === 'workload');
  const has = [
    ...(nodes.some(({ kind }) => kind === 'gateway') ? ['gateway'] : []),
    ...(workloads.length > 0 ? [`${workloads.length} workload${workloads.length === 1 ? '' : 's'}`] : []),
  ];
  return [...(has.length > 0 ? [has.join(', ')] : []), ...changesOf(workloads)];
}

/** `2 added, 1 removed`, where there is any. */
function changesOf(parts: readonly { readonly change?: Change }[]): readonly string[] {
  const counts = (['added', 'removed', 'changed'] as const).flatMap((wanted) => {
    const count = parts.filter(({ change }) => change === wanted).length;
    return count > 0 ? [`${count} ${wanted}`] : [];
  });
  return counts.length > 0 ? [counts.join(', ')] : [];
}
