/** Finds bundles that agents cannot fetch, or by which they cannot verify their server. */
import { whyNotPublic } from '../../formats/public-names';
import { endpointOf } from '../../formats/url-endpoint';
import type { ClusterDraft, FleetDraft } from '../fleet-draft';
import type { ResolvedSpire } from '../resolved-fleet';
import { agentSetting } from '../settings';
import { defineRule } from './rule';

export const agentsBundleUnusable = defineRule({
  code: 'agents-bundle-unusable',
  severity: 'error',
  waivable: true,
  looksFor:
    'a trustBundle of agents at a host for which no public CA issues certificates, or at a bundle endpoint of the fleet that is of another trust domain, that authenticates with an SVID, or whose format is another one',
  why: 'agents verify the host by the public CAs. Without the bundle they cannot verify an SVID. They do not attest, and pods of the cluster get no SVIDs.',
  source: 'spire pkg/agent/trustbundlesources/bundle.go downloadTrustBundle; CA/B Baseline Requirements 4.2.2',
  example: { url: 'https://spire.example.org:8443', because: { kind: 'svid', cluster: 'cluster1' } },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire }] of clusters) {
      const bundle = spire.agent.trustBundle;
      const because = bundle && whyUnusable(bundle, name, clusters);
      if (bundle === undefined || because === undefined) continue;
      find([...agentSetting(written, name, 'trustBundle').place, 'url'], { url: bundle.url, because });
    }
  },
});

type Because =
  | { readonly kind: 'private'; readonly host: string; readonly what: string }
  | { readonly kind: 'trust-domain' | 'svid' | 'format'; readonly cluster: string };

function whyUnusable(
  { url, format }: NonNullable<ResolvedSpire['agent']['trustBundle']>,
  cluster: string,
  clusters: FleetDraft['clusters'],
): Because | undefined {
  const { host, port } = endpointOf(url);
  const [owner] = [...clusters].find(([, { bundleEndpoint }]) => isAt(bundleEndpoint, host, port)) ?? [];
  const at = owner === undefined ? undefined : clusters.get(owner);
  if (owner !== undefined && at !== undefined) {
    if (trustDomainOf(at) !== trustDomainOf(clusters.get(cluster))) return { kind: 'trust-domain', cluster: owner };
    if (at.bundleEndpoint?.profile === 'https_spiffe') return { kind: 'svid', cluster: owner };
    return format === 'spiffe' ? undefined : { kind: 'format', cluster: owner };
  }
  const what = whyNotPublic(host);
  return what === undefined ? undefined : { kind: 'private', host, what };
}

function isAt(endpoint: ClusterDraft['bundleEndpoint'], host: string, port: number): boolean {
  return endpoint !== undefined && endpoint.address === host && endpoint.port === port;
}

function trustDomainOf(cluster: ClusterDraft | undefined): string | undefined {
  return cluster?.written.trustDomain;
}
