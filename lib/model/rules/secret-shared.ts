/** Finds Secrets that are used for two different purposes. */
import { TOOLS } from '../../delivery/settings-catalog';
import type { FleetPath } from '../../problems/problem';
import type { ClusterDraft, FleetDraft } from '../fleet-draft';
import { ISTIO } from '../names';
import { placedPlugins } from '../spire/resolve-plugins';
import { placeOfAuthority } from '../trust/chosen-authority';
import type { WorkloadDraft } from '../workloads/resolve-workloads';
import { defineRule } from './rule';

export const secretShared = defineRule({
  code: 'secret-shared',
  severity: 'error',
  looksFor:
    'one Secret for two purposes: what a plugin of the SPIRE server reads, web certificate, certificate of a host, credentials of Flux',
  why: 'a Secret holds one certificate with its key, so the second one to be written replaces the first. And if a web certificate is in the Secret of a CA, everybody who may renew it can read the key of the CA.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets',
  example: {
    secret: 'spire-server/spire-upstream-ca',
    uses: ['intermediate CA', 'web certificate of the bundle endpoint'],
    first: ['clusters', 'cluster1', 'bundleEndpoint', 'webCertificate'],
  },
  check: (draft, find) => {
    const homes = [...draft.clusters].map(([name, cluster]) => usesOf(name, cluster, draft));
    for (const uses of [...homes, ofTools(draft)]) {
      const owners = new Map<string, Use>();
      for (const use of uses) {
        const owner = owners.get(use.secret);
        owners.set(use.secret, owner ?? use);
        if (owner === undefined || owner.purpose === use.purpose) continue;
        find(use.place, { secret: use.secret, uses: [owner.purpose, use.purpose], first: owner.place });
      }
    }
  },
});

interface Use {
  /** With its namespace. */
  readonly secret: string;
  readonly purpose: string;
  readonly place: FleetPath;
}

function usesOf(
  name: string,
  { written, spire, plugins }: ClusterDraft,
  { written: fleet, workloads }: FleetDraft,
): readonly Use[] {
  const place = ['clusters', name];
  const inServer = (secret: string | undefined, purpose: string, path: FleetPath): readonly Use[] =>
    secret === undefined ? [] : [{ secret: `${spire.serverNamespace}/${secret}`, purpose, place: path }];
  const web = [...place, 'bundleEndpoint', 'webCertificate'];
  return [
    ...inServer(written.bundleEndpoint?.webCertificate, 'web certificate of the bundle endpoint', web),
    ...placedPlugins(fleet, name, plugins).flatMap(({ plan, place: chosenAt }) =>
      (plan.secrets ?? []).flatMap(({ name: secret, holds }) => inServer(secret, holds, chosenAt)),
    ),
    ...inServer(plugins.upstreamAuthority?.certificate?.secret, 'intermediate CA', [
      ...place,
      ...placeOfAuthority(written),
    ]),
    ...plugins.nodeAttestors.flatMap(({ secrets = [] }) =>
      secrets.flatMap(({ name: secret, holds }) => inServer(secret, holds, [...place, ...placeOfAuthority(written)])),
    ),
    ...workloads.filter(({ cluster }) => cluster === name).flatMap(ofHost),
  ];
}

/** Hosts can share a certificate: each caller looks for the one SPIFFE ID that it expects. */
function ofHost({ written: { credential }, place }: WorkloadDraft): readonly Use[] {
  if (credential === undefined) return [];
  const secret = `${ISTIO.namespace}/${credential.secret}`;
  return [{ secret, purpose: 'certificate of a host', place: [...place, 'credential', 'secret'] }];
}

function ofTools({ delivery, clusters }: FleetDraft): readonly Use[] {
  return TOOLS.flatMap((tool) => {
    const resolved = delivery?.[tool.name];
    const secrets = resolved === undefined ? [] : (tool.secrets?.(resolved, [...clusters.keys()]) ?? []);
    return secrets.map(({ name, purpose, place }) => ({ secret: `${resolved?.namespace}/${name}`, purpose, place }));
  });
}
