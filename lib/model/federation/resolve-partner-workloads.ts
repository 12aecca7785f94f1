/** Resolves workloads that partners run: their SPIFFE IDs as callers, and the hosts by which they are called. */
import { missingKey } from '../../fleet/missing-key';
import type { Fleet, FleetWorkload } from '../../fleet/schema';
import { suggest } from '../../formats/suggest';
import type { Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { wholeSpiffeId } from '../spire/spiffe-id';
import { checkSpiffeId, type WorkloadDraft } from '../workloads/resolve-workloads';
import type { PartnerDraft } from './resolve-partners';

/** Keys that say something of a workload of a partner. */
const APPLICABLE: ReadonlySet<string> = new Set(['partner', 'host', 'spiffeId', 'calls']);

/** All workloads of partners whose shape makes sense, sorted by name. */
export function draftPartnerWorkloads(
  fleet: Fleet,
  partners: ReadonlyMap<string, PartnerDraft>,
  report: Report,
): readonly WorkloadDraft[] {
  const workloads = Object.entries(fleet.workloads ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return workloads.flatMap(([name, written]) => {
    if (written.partner === undefined) return [];
    const partner = partners.get(written.partner);
    if (partner !== undefined) return [draftOf(name, written, partner, report)];
    const names = [...partners.keys()];
    const facts = { got: written.partner, clusters: [], partners: names, suggestion: suggest(written.partner, names) };
    report(problemAt(['workloads', name, 'partner'], 'unknown-cluster', facts));
    return [];
  });
}

function draftOf(name: string, written: FleetWorkload, partner: PartnerDraft, report: Report): WorkloadDraft {
  const place = ['workloads', name];
  for (const key of Object.keys(written).sort()) {
    if (!APPLICABLE.has(key)) {
      const because = `the workload runs at the partner ${written.partner}`;
      report(problemAtKey([...place, key], 'not-applicable', { key, because, other: [...place, 'partner'] }));
    }
  }
  if (written.calls !== undefined && written.spiffeId === undefined) {
    report(missingKey(place, 'spiffeId', 'a workload of a partner that calls'));
  }
  const draft: WorkloadDraft = {
    name,
    place,
    cluster: written.partner ?? '',
    trustDomain: partner.trustDomain,
    kind: 'partner',
    proxied: false,
    namespace: '',
    serviceAccount: '',
    // A workload that never calls is identified by the SPIFFE ID of its gateway.
    spiffeId: wholeSpiffeId(written.spiffeId ?? partner.gateway?.spiffeId ?? '/', partner.trustDomain),
    components: [],
    podLabels: {},
    routes: [],
    gatewayId: partner.gateway?.spiffeId ?? '',
    written,
  };
  checkSpiffeId(draft, report);
  return draft;
}
