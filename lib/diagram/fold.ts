/** Folds a picture until a person can read it: workloads become counts, then clusters become nodes, and those alike one. */

import type { Change, Picture, PictureGroup, PictureNode } from './diagram';
import { foldAlike } from './fold-alike';
import { changeOf, moveEdges } from './move-edges';

/** Nodes of a picture that shows everything; more of them are smaller than their labels are legible. */
const MAX_NODES = 40;
/** Clusters and partners whose servers and gateways are still told apart. */
const MAX_GROUPS = 12;
/** Nodes of a picture in which each stands for a cluster, or many; more of them are a wall. */
const MAX_FOLDED = 50;

/** The same picture where it is small; else one that leaves out no more than it must, and says so in its notes. */
export function foldPicture(picture: Picture): Picture {
  if (nodesOf(picture).length <= MAX_NODES) {
    return picture;
  }
  const withoutWorkloads = foldWorkloads(picture);
  if (picture.groups.length <= MAX_GROUPS && nodesOf(withoutWorkloads).length <= MAX_NODES) {
    return withoutWorkloads;
  }
  return foldGroups(picture);
}

const nodesOf = ({ groups }: Picture): readonly PictureNode[] => groups.flatMap(({ nodes }) => nodes);

/** All workloads of a group become one node. */
function foldWorkloads(picture: Picture): Picture {
  const place = new Map<string, string>();
  const groups = picture.groups.map((group) => {
    const workloads = group.nodes.filter(({ kind }) => kind === 'workload');
    if (workloads.length < 2) return group;
    const id = `workloads ${group.id}`;
    for (const workload of workloads) place.set(workload.id, id);
    const label = [`${workloads.length} workloads`, ...changesOf(workloads)];
    const others = group.nodes.filter(({ kind }) => kind !== 'workload');
    return { ...group, nodes: [...others, { id, kind: 'several' as const, label, change: changeOf(workloads) }] };
  });
  const notes = ['Workloads of a cluster are drawn as one; calls among them are left out.'];
  return { ...picture, groups, edges: moveEdges(picture.edges, place), notes: [...picture.notes, ...notes] };
}

/** Each group becomes one box; groups that federate with the same others, and call alike, become one. */
function foldGroups(picture: Picture): Picture {
  const place = new Map(picture.groups.flatMap(({ id, nodes }) => nodes.map((node) => [node.id, id] as const)));
  const groups = picture.groups.map(
    (group): PictureGroup => ({
      ...group,
      nodes: [],
      summary: summary(group),
      change: group.change ?? changeOf(group.nodes),
    }),
  );
  // A gateway is within its cluster, so that the second half of each call falls away with the calls within.
  const folded = foldAlike({ ...picture, groups, edges: moveEdges(picture.edges, place) });
  const count = folded.groups.length;
  const tooMany = `${count} trust domains or kinds of them are more than a picture can show; draw some: --cluster NAME.`;
  return {
    ...folded,
    notes: [
      ...folded.notes,
      'Each box is a cluster with all in it, or several that are alike; calls within are left out.',
      ...(count > MAX_FOLDED ? [tooMany] : []),
    ],
  };
}

function summary({ nodes }: PictureGroup): readonly string[] {
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
