/** Checks workloads against each other: names, hosts, pods and identities that two of them would share. */

import type { Fleet } from '../../fleet/schema';
import type { Problem, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import { identityShared } from '../rules/identity-shared';
import { podsShared } from '../rules/pods-shared';
import { gatewayIdOf } from '../spire/nesting';
import { istioSpiffeId, NESTED_SERVER_PATH, spiffeId } from '../spire/spiffe-id';
import { policyName } from './resolve-components';
import type { WorkloadDraft } from './resolve-workloads';
import { placeOfIdentity, spiffeIdsOf } from './workload-identities';

/** Reports what two workloads of one cluster, or two hosts of the fleet, cannot both have; for each workload the first clash. */
export function checkWorkloads(drafts: readonly WorkloadDraft[], fleet: Fleet, report: Report): void {
  checkHosts(drafts, report);
  const names = new Map<string, WorkloadDraft>();
  const gateways = new Map(Object.keys(fleet.clusters).map((name) => [gatewayIdOf(fleet, name), name]));
  const identities = new Map<string, WorkloadDraft>();
  const neighbours = new Map<string, WorkloadDraft[]>();
  for (const draft of drafts.filter(({ kind }) => kind !== 'partner')) {
    const home = `${draft.cluster}/${draft.namespace}`;
    const near = neighbours.get(home) ?? [];
    const clash =
      clashOfNames(draft, names) ??
      podsShared.problemOf({ draft, neighbours: near }) ??
      identityShared.problemOf({ draft, gateways, owners: identities }) ??
      impersonation(draft);
    if (clash !== undefined) {
      report(clash);
    }
    neighbours.set(home, near);
    near.push(draft);
    remember(draft, objectNames(draft).map(nameKey(draft)), names);
    remember(draft, spiffeIdsOf(draft), identities);
  }
}

/** The first that has something keeps it. */
function remember(draft: WorkloadDraft, keys: readonly string[], owners: Map<string, WorkloadDraft>): void {
  for (const key of keys.filter((candidate) => !owners.has(candidate))) {
    owners.set(key, draft);
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

interface ObjectName {
  readonly kind: string;
  readonly name: string;
}

const nameKey =
  ({ cluster, namespace }: WorkloadDraft) =>
  ({ kind, name }: ObjectName): string =>
    [cluster, namespace, kind, name].join('/');

function clashOfNames(draft: WorkloadDraft, owners: ReadonlyMap<string, WorkloadDraft>): Problem | undefined {
  for (const { kind, name } of objectNames(draft)) {
    const owner = owners.get(nameKey(draft)({ kind, name }));
    if (owner !== undefined) {
      return problemAt(draft.place, 'name-in-use', { kind, name, cluster: draft.cluster, first: owner.place });
    }
  }
  return undefined;
}

function objectNames(draft: WorkloadDraft): readonly ObjectName[] {
  // Pods from elsewhere have no component, and one policy.
  const policies =
    draft.components.length === 0 ? [draft.name] : draft.components.map(({ name }) => policyName(draft, name));
  const objects = draft.components.flatMap((component) => [
    ...(component.port === undefined ? [] : [{ kind: 'Service', name: component.name }]),
    { kind: 'ServiceAccount', name: component.serviceAccount },
    ...component.deployments.map(({ name }) => ({ kind: 'Deployment', name })),
  ]);
  return [...objects, ...policies.map((name) => ({ kind: 'AuthorizationPolicy', name }))];
}

/** A problem if the workload has the SPIFFE ID of other pods of the mesh, which would give it their access. */
function impersonation(draft: WorkloadDraft): Problem | undefined {
  const { written, spiffeId: id } = draft;
  const place = placeOfIdentity(draft);
  if (id.startsWith(`${spiffeId(draft.trustDomain, NESTED_SERVER_PATH)}/`)) {
    const reason = 'the server signs CAs of the trust domain for IDs below /nested-server';
    return problemAt(place, 'malformed', { what: 'a free SPIFFE ID', got: id, reason, example: '/greeter' });
  }
  const own = istioSpiffeId(draft.trustDomain, draft.namespace, draft.serviceAccount);
  const istioForm =
    id.startsWith(`spiffe://${draft.trustDomain}/`) && /^spiffe:\/\/[^/]+\/ns\/[^/]+\/sa\/[^/]+$/.test(id);
  if (written.spiffeId === undefined || !istioForm || id === own) {
    return undefined;
  }
  const reason = 'IDs of this form belong to the pods of that namespace and ServiceAccount';
  return problemAt(place, 'malformed', {
    what: 'a free SPIFFE ID',
    got: written.spiffeId,
    reason,
    example: '/greeter',
  });
}
