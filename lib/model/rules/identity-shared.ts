/** Finds workloads with the same SPIFFE ID as another one. */
import type { WorkloadDraft } from '../workloads/resolve-workloads';
import { placeOfIdentity, spiffeIdsOf } from '../workloads/workload-identities';
import { definePartRule } from './rule';

/** A workload, and who has which SPIFFE ID before it. */
export interface IdentityClaim {
  readonly draft: WorkloadDraft;
  /** SPIFFE ID → cluster of the ingress gateway that has it. */
  readonly gateways: ReadonlyMap<string, string>;
  /** SPIFFE ID → the first workload that has it. */
  readonly owners: ReadonlyMap<string, WorkloadDraft>;
}

export const identityShared = definePartRule({
  code: 'identity-shared',
  severity: 'error',
  looksFor: 'two workloads with one SPIFFE ID, or a workload with that of an ingress gateway',
  why: 'policies cannot tell the two apart, so each may call whatever the other may call.',
  source: 'SPIFFE ID, section 2',
  example: { spiffeId: 'spiffe://cluster1.demo/a', other: 'shop', first: ['workloads', 'shop'] },
  check: ({ draft, gateways, owners }: IdentityClaim) => {
    const place = { path: placeOfIdentity(draft) };
    const cluster = gateways.get(draft.spiffeId);
    if (cluster !== undefined) {
      const other = `the ingress gateway of ${cluster}`;
      return { place, facts: { spiffeId: draft.spiffeId, other, first: ['clusters', cluster] } };
    }
    const spiffeId = spiffeIdsOf(draft).find((id) => owners.has(id));
    const owner = spiffeId === undefined ? undefined : owners.get(spiffeId);
    return spiffeId === undefined || owner === undefined
      ? undefined
      : { place, facts: { spiffeId, other: owner.name, first: owner.place } };
  },
});
