/** Finds SPIFFE IDs of another trust domain. */
import type { FleetPath } from '../../problems/problem';
import type { FleetDraft } from '../fleet-draft';
import { delegatesOf } from '../spire/agent-settings';
import { isIn } from '../spire/spiffe-id';
import { defineRule } from './rule';

export const foreignSpiffeId = defineRule({
  code: 'foreign-spiffe-id',
  severity: 'error',
  looksFor: 'a SPIFFE ID of a workload, of a delegate of agents, or of a partner that is in another trust domain',
  why: 'a SPIRE server signs for its own trust domain only, and refuses an entry with another one. Agents do not start with a delegate of another one.',
  source: 'spire pkg/server/api/entry/v1/service.go; cmd/spire-agent/cli/run/run.go authorized_delegates',
  example: { spiffeId: 'spiffe://cluster.1demo/a', trustDomain: 'cluster1.demo' },
  check: (draft, find) => {
    for (const { spiffeId, trustDomain, place } of [
      ...ofWorkloads(draft),
      ...ofDelegates(draft),
      ...ofPartners(draft),
    ]) {
      if (!isIn(trustDomain, spiffeId)) find(place, { spiffeId, trustDomain });
    }
  },
});

/** A SPIFFE ID that a fleet can write, and the trust domain that it must be in. */
interface WrittenId {
  readonly spiffeId: string;
  readonly trustDomain: string;
  readonly place: FleetPath;
}

function ofWorkloads({ workloads }: FleetDraft): readonly WrittenId[] {
  return workloads
    .filter(({ written }) => written.spiffeId !== undefined)
    .map(({ spiffeId, trustDomain, place }) => ({ spiffeId, trustDomain, place: [...place, 'spiffeId'] }));
}

function ofDelegates({ written: fleet, clusters }: FleetDraft): readonly WrittenId[] {
  return [...clusters].flatMap(
    ([
      name,
      {
        written: { trustDomain },
      },
    ]) => (delegatesOf(fleet, name) ?? []).map((delegate) => ({ ...delegate, trustDomain })),
  );
}

function ofPartners({ partners }: FleetDraft): readonly WrittenId[] {
  return [...partners].flatMap(([name, { endpointSpiffeId, gateway, trustDomain }]) =>
    (
      [
        ['bundleEndpoint', endpointSpiffeId],
        ['gateway', gateway?.spiffeId],
      ] as const
    ).flatMap(([key, spiffeId]) =>
      spiffeId === undefined ? [] : [{ spiffeId, trustDomain, place: ['partners', name, key, 'spiffeId'] }],
    ),
  );
}
