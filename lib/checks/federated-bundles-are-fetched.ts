/** Checks that the server fetches the bundle of every trust domain that an identity federates with. */
import type { ResolvedCluster } from '../model/resolved-fleet';
import { serverSpiffeId } from '../model/spire/spiffe-id';
import type { ClusterObjects } from './cluster-objects';
import type { ReportFault } from './output-fault';
import type { OutputRule } from './output-rule';

export const federatedBundlesAreFetched: OutputRule = {
  name: 'federated-bundles-are-fetched',
  looksFor:
    'an identity that federates with a trust domain whose bundle nothing fetches, a rule for the rest of the mesh that federates, or an endpoint path that no SPIRE server serves',
  why: 'SPIRE refuses the whole entry, and its pods get no SVID. If the rule for the rest of the mesh federates, one missing bundle takes the SVIDs of all these pods.',
  source: 'spiffe/spire#7146; spire pkg/server/endpoints/bundle/server.go',
  check: (objects, cluster, report) => checkFederation(objects, cluster, report),
};

interface FederatedTrustDomainSpec {
  readonly trustDomain: string;
  readonly bundleEndpointURL: string;
  readonly bundleEndpointProfile: { readonly endpointSPIFFEID?: string };
}

/** SPIRE refuses an entry that federates with a trust domain whose bundle it lacks. The pods get no SVID (spiffe/spire#7146). */
function checkFederation(objects: ClusterObjects, cluster: ResolvedCluster, report: ReportFault): void {
  const links = objects.ofKind('ClusterFederatedTrustDomain');
  const known = new Set(links.map(({ object }) => (object.spec as { readonly trustDomain: string }).trustDomain));
  for (const placed of links) {
    const { trustDomain, bundleEndpointURL, bundleEndpointProfile } = placed.object.spec as FederatedTrustDomainSpec;
    if (trustDomain === cluster.trustDomain) {
      report(placed, 'federates the cluster with itself');
    }
    const isServer = bundleEndpointProfile.endpointSPIFFEID === serverSpiffeId(trustDomain);
    if (isServer && new URL(bundleEndpointURL).pathname !== '/') {
      report(placed, `polls ${bundleEndpointURL}; a SPIRE server answers only at the path "/"`);
    }
  }
  for (const placed of objects.ofKind('ClusterSPIFFEID')) {
    const { federatesWith = [], fallback } = placed.object.spec as {
      readonly federatesWith?: readonly string[];
      readonly fallback?: boolean;
    };
    for (const trustDomain of federatesWith.filter((name) => !known.has(name))) {
      report(placed, `federates with ${trustDomain}, whose bundle nothing fetches`);
    }
    if (fallback && federatesWith.length > 0) {
      report(placed, 'is the rule for the rest of the mesh; federating it would stake every pod on each peer');
    }
  }
}
