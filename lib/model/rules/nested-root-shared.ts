/** Finds roots for the certificates of nested servers under which SVIDs, or nested servers of others, stand as well. */
import type { X509Certificate } from 'node:crypto';
import type { FleetDraft } from '../fleet-draft';
import { certificatesOf } from '../trust/bundle';
import { certificatesIn, fingerprint, shortFingerprint } from '../trust/certificates';
import { keyFingerprint } from '../trust/public-keys';
import { defineRule } from './rule';

export const nestedRootShared = defineRule({
  code: 'nested-root-shared',
  severity: 'error',
  looksFor:
    'a serverApi.root with the key of a trust domain, of this fleet or of a partner, or with the key for the nested servers of another cluster',
  why: 'the server accepts every certificate under this root as that of an agent. Every workload with an X.509-SVID under it could attest, and ask for the CA of a nested server.',
  source: 'spire pkg/server/plugin/nodeattestor/x509pop/x509pop.go: each leaf that leads to the root attests',
  example: { owner: 'cluster1', fingerprint: '5B:21:…' },
  check: (draft, find) => {
    const uppers = [...draft.clusters].flatMap(
      ([
        name,
        {
          written,
          nesting: { serverApi },
        },
      ]) =>
        serverApi === undefined
          ? []
          : [{ name, key: written.serverApi?.root === undefined ? [] : ['root'], serverApi }],
    );
    if (uppers.length === 0) return;
    const owners = ownersOfKeys(draft);
    for (const { name, key, serverApi } of uppers) {
      for (const certificate of certificatesIn(serverApi.rootPem)) {
        const owner = owners.get(keyFingerprint(certificate));
        if (owner === undefined) {
          owners.set(keyFingerprint(certificate), ownerOf(name, certificate, true));
          continue;
        }
        if (owner.ofNestedServers === true && owner.name === name) continue;
        find(['clusters', name, 'serverApi', ...key], {
          owner: owner.name,
          fingerprint: shortFingerprint(fingerprint(certificate)),
          renewed: owner.fingerprint === fingerprint(certificate) ? undefined : true,
          ofNestedServers: owner.ofNestedServers,
        });
      }
    }
  },
});

interface Owner {
  readonly name: string;
  readonly fingerprint: string;
  readonly ofNestedServers?: true;
}

function ownerOf(name: string, certificate: X509Certificate, ofNestedServers?: true): Owner {
  return { name, fingerprint: fingerprint(certificate), ofNestedServers };
}

/** Fingerprint of a key → the first cluster or partner whose trust domain has a root of that key. */
function ownersOfKeys({ clusters, partners }: FleetDraft): Map<string, Owner> {
  const bundles = [
    ...[...partners].map(([name, { bundle }]) => ({ name, bundle })),
    ...[...clusters].map(([name, { trust }]) => ({ name, bundle: trust.bundle })).reverse(),
  ];
  return new Map(
    bundles.flatMap(({ name, bundle }) =>
      (bundle === undefined ? [] : certificatesOf(bundle)).map((certificate) => [
        keyFingerprint(certificate),
        ownerOf(name, certificate),
      ]),
    ),
  );
}
