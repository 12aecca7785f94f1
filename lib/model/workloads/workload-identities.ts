/** The SPIFFE IDs of a workload's pods. */
import type { FleetPath } from '../../problems/problem';
import { istioSpiffeId } from '../spire/spiffe-id';
import type { WorkloadDraft } from './resolve-workloads';

/** Every SPIFFE ID that pods of a workload hold. */
export function spiffeIdsOf(draft: WorkloadDraft): readonly string[] {
  return draft.components.length > 1
    ? draft.components.map(({ serviceAccount }) => istioSpiffeId(draft.trustDomain, draft.namespace, serviceAccount))
    : [draft.spiffeId];
}

/** The place in the fleet that decides the SPIFFE ID. */
export function placeOfIdentity({ written, place }: WorkloadDraft): FleetPath {
  return written.spiffeId === undefined ? place : [...place, 'spiffeId'];
}
