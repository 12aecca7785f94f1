/** Finds pods that two workloads select. */
import { podLabels } from '../workloads/pod-labels';
import type { WorkloadDraft } from '../workloads/resolve-workloads';
import { definePartRule } from './rule';

/** A workload and those before it in the same namespace. */
export interface Neighbourhood {
  readonly draft: WorkloadDraft;
  readonly neighbours: readonly WorkloadDraft[];
}

export const podsShared = definePartRule({
  code: 'pods-shared',
  severity: 'error',
  looksFor: 'labels of one workload that also select pods of another',
  why: 'a pod that two ClusterSPIFFEIDs select holds two SVIDs, and its proxy uses either.',
  source: 'spire-controller-manager pkg/spireentry/reconciler.go',
  example: { other: 'shop', first: ['workloads', 'shop'] },
  check: ({ draft, neighbours }: Neighbourhood) => {
    const other = neighbours.find((candidate) =>
      draft.kind === 'pods' && candidate.kind === 'pods'
        ? !excludeEachOther(draft.podLabels, candidate.podLabels)
        : selectsPodsOf(draft, candidate) || selectsPodsOf(candidate, draft),
    );
    return other && { place: { path: draft.place }, facts: { other: other.name, first: other.place } };
  },
});

function selectsPodsOf(selecting: WorkloadDraft, selected: WorkloadDraft): boolean {
  const pods = selected.components.flatMap((component) =>
    component.deployments.map((deployment) => podLabels(selected, component, deployment)),
  );
  return pods.some((labels) => Object.entries(selecting.podLabels).every(([key, value]) => labels[key] === value));
}

/** Whether no pod can carry both sets, because some key has two values. */
function excludeEachOther(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(one).some(([key, value]) => Object.hasOwn(other, key) && other[key] !== value);
}
