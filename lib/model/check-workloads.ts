/** Checks workloads against each other: names, hosts, pods and identities that two of them would share. */

import type { Report } from '../problems/problem';
import { problemAt } from '../problems/problem';
import { bookinfoPolicy } from './bookinfo';
import { podLabels } from './pod-labels';
import type { WorkloadDraft } from './resolve-workloads';
import { istioPath, spiffeId } from './spiffe-id';

/** Reports what two workloads of one cluster, or two hosts of the fleet, cannot both have. */
export function checkWorkloads(drafts: readonly WorkloadDraft[], report: Report): void {
  checkHosts(drafts, report);
  for (const [index, draft] of drafts.entries()) {
    const earlier = drafts.slice(0, index).filter((other) => other.cluster === draft.cluster);
    checkNames(draft, earlier, report);
    checkIdentity(draft, earlier, report);
    checkPods(draft, earlier, report);
  }
}

function checkHosts(drafts: readonly WorkloadDraft[], report: Report): void {
  const owners = new Map<string, WorkloadDraft>();
  for (const draft of drafts) {
    const host = draft.written.host;
    const owner = host === undefined ? undefined : owners.get(host);
    if (host !== undefined && owner !== undefined) {
      const first = [...owner.place, 'host'];
      report(problemAt([...draft.place, 'host'], 'host-in-use', { host, other: owner.name, first }));
    } else if (host !== undefined) {
      owners.set(host, draft);
    }
  }
}

function checkNames(draft: WorkloadDraft, earlier: readonly WorkloadDraft[], report: Report): void {
  for (const other of earlier.filter(({ namespace }) => namespace === draft.namespace)) {
    const taken = new Set(objectNames(other).map(({ kind, name }) => `${kind}/${name}`));
    const clash = objectNames(draft).find(({ kind, name }) => taken.has(`${kind}/${name}`));
    if (clash !== undefined) {
      const { kind, name } = clash;
      report(problemAt(draft.place, 'name-in-use', { kind, name, cluster: draft.cluster, first: other.place }));
    }
  }
}

function objectNames(draft: WorkloadDraft): readonly { readonly kind: string; readonly name: string }[] {
  const policies =
    draft.preset === 'bookinfo' ? draft.components.map(({ name }) => bookinfoPolicy(draft.name, name)) : [draft.name];
  const objects = draft.components.flatMap((component) => [
    ...(component.port === undefined ? [] : [{ kind: 'Service', name: component.name }]),
    { kind: 'ServiceAccount', name: component.serviceAccount },
    { kind: 'app label', name: component.name },
    ...component.deployments.map(({ name }) => ({ kind: 'Deployment', name })),
  ]);
  return [...objects, ...policies.map((name) => ({ kind: 'AuthorizationPolicy', name }))];
}

/** Every SPIFFE ID that pods of a workload hold. */
export function spiffeIdsOf(draft: WorkloadDraft): readonly string[] {
  return draft.preset === 'bookinfo'
    ? draft.components.map(({ serviceAccount }) =>
        spiffeId(draft.trustDomain, istioPath(draft.namespace, serviceAccount)),
      )
    : [draft.spiffeId];
}

function checkIdentity(draft: WorkloadDraft, earlier: readonly WorkloadDraft[], report: Report): void {
  const own = spiffeIdsOf(draft);
  for (const other of earlier) {
    const shared = spiffeIdsOf(other).find((id) => own.includes(id));
    if (shared !== undefined && !sharesServiceAccount(draft, other)) {
      const place = draft.written.spiffeId === undefined ? draft.place : [...draft.place, 'spiffeId'];
      report(problemAt(place, 'identity-shared', { spiffeId: shared, other: other.name, first: other.place }));
    }
  }
}

/** Two deployments of one ServiceAccount clash by name already; that is the fault to report. */
function sharesServiceAccount(draft: WorkloadDraft, other: WorkloadDraft): boolean {
  return (
    draft.namespace === other.namespace &&
    draft.components.some(({ serviceAccount }) =>
      other.components.some((component) => component.serviceAccount === serviceAccount),
    )
  );
}

/** A pod that two rules select holds two SVIDs, and Envoy takes either. */
function checkPods(draft: WorkloadDraft, earlier: readonly WorkloadDraft[], report: Report): void {
  for (const other of earlier.filter(({ namespace }) => namespace === draft.namespace)) {
    const shared =
      draft.kind === 'pods' && other.kind === 'pods'
        ? !excludeEachOther(draft.podLabels, other.podLabels)
        : selectsPodsOf(draft, other) || selectsPodsOf(other, draft);
    if (shared) {
      report(problemAt(draft.place, 'pods-shared', { other: other.name, first: other.place }));
    }
  }
}

function selectsPodsOf(selecting: WorkloadDraft, selected: WorkloadDraft): boolean {
  const pods = selected.components.flatMap((component) =>
    component.deployments.map((deployment) => podLabels(selected.name, component, deployment)),
  );
  return pods.some((labels) => Object.entries(selecting.podLabels).every(([key, value]) => labels[key] === value));
}

/** No pod can carry both sets: some key has two values. */
function excludeEachOther(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(one).some(([key, value]) => other[key] !== undefined && other[key] !== value);
}
