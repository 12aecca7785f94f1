/** One direction of a federation: the settings with which a SPIRE server fetches and trusts the bundle of a peer. */
import { Construct } from 'constructs';
import {
  ClusterFederatedTrustDomain,
  ClusterFederatedTrustDomainSpecBundleEndpointProfileType as ProfileType,
} from '../../imports/spire.spiffe.io';
import { CONTROLLER_CLASS, objectLabels } from '../model/names';
import type { ResolvedPeer } from '../model/resolved-fleet';
import { fingerprintsOf } from '../model/trust/fingerprints';

/** One ClusterFederatedTrustDomain, with the bundle of the peer if it is known. */
export class FederationLink extends Construct {
  constructor(scope: Construct, id: string, peer: ResolvedPeer) {
    super(scope, id);
    new ClusterFederatedTrustDomain(this, 'cluster-federated-trust-domain', {
      metadata: {
        name: peer.cluster,
        labels: { ...objectLabels('spire-identities', 'spire') },
        ...(peer.bundle && { annotations: fingerprintsOf(peer.bundle) }),
      },
      spec: {
        className: CONTROLLER_CLASS,
        trustDomain: peer.trustDomain,
        bundleEndpointUrl: peer.url,
        bundleEndpointProfile:
          peer.profile === 'https_web'
            ? { type: ProfileType.HTTPS_UNDERSCORE_WEB }
            : { type: ProfileType.HTTPS_UNDERSCORE_SPIFFE, endpointSpiffeid: peer.endpointSpiffeId },
        // With https_spiffe, the bundle authenticates the first poll. With both profiles, federated entries need a bundle.
        trustDomainBundle: peer.bundle?.text,
      },
    });
  }
}
