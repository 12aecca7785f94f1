/** Finds roots for the certificates of nested servers under which SVIDs stand as well. */
import type { FleetDraft } from '../fleet-draft';
import { defineRule } from './rule';

export const nestedRootShared = defineRule({
  code: 'nested-root-shared',
  severity: 'error',
  looksFor: 'a serverApi.root that is also the root of a trust domain, of this fleet or of a partner',
  why: 'every X.509-SVID under it then passes for the certificate of an agent: every workload could attest, and ask for what only nested servers may have.',
  source: 'spire pkg/server/plugin/nodeattestor/x509pop/x509pop.go: each leaf that leads to the root attests',
  example: { owner: 'cluster1', fingerprint: '5B:21:…' },
  check: (draft, find) => {
    const owners = ownersOfRoots(draft);
    for (const [name, { written, nesting }] of draft.clusters) {
      const key = written.serverApi?.root === undefined ? [] : ['root'];
      for (const { fingerprint } of nesting.serverApi?.authorities ?? []) {
        const owner = owners.get(fingerprint);
        if (owner === undefined) continue;
        find(['clusters', name, 'serverApi', ...key], { owner, fingerprint: `${fingerprint.slice(0, 23)}…` });
      }
    }
  },
});

/** Fingerprint → the first cluster or partner whose trust domain has this root. */
function ownersOfRoots({ clusters, partners }: FleetDraft): ReadonlyMap<string, string> {
  const bundles = [
    ...[...partners].map(([name, { bundle }]) => ({ name, bundle })),
    ...[...clusters].map(([name, { trust }]) => ({ name, bundle: trust.bundle })).reverse(),
  ];
  return new Map(
    bundles.flatMap(({ name, bundle }) => (bundle?.authorities ?? []).map(({ fingerprint }) => [fingerprint, name])),
  );
}
