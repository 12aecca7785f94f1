/** One direction of a federation: the settings with which a SPIRE server fetches and trusts the bundle of a peer. */
import { Construct } from 'constructs';
import {
  ClusterFederatedTrustDomain,
  ClusterFederatedTrustDomainSpecBundleEndpointProfileType as ProfileType,
} from '../../imports/spire.spiffe.io';
import { completePeer, type PeerSettings } from '../model/federation/without-fleet';
import { DEFAULT_CLASS, objectLabels } from '../model/names';
import { fingerprintsOf } from '../model/trust/fingerprints';

export interface FederationLinkProps extends PeerSettings {
  /** Name of the peer, and of the object. @default - the id of the construct */
  readonly cluster?: string;
  /** Class that the controller manager serves. @default 'spire' */
  readonly className?: string;
}

/**
 * One ClusterFederatedTrustDomain, with the bundle of the peer if it is known.
 * @throws Error if the peer has no root or bundle that it needs, or one that cannot verify its SVIDs
 */
export class FederationLink extends Construct {
  constructor(scope: Construct, id: string, props: FederationLinkProps) {
    super(scope, id);
    const peer = completePeer({ ...props, cluster: props.cluster ?? id }, this.node.path);
    new ClusterFederatedTrustDomain(this, 'cluster-federated-trust-domain', {
      metadata: {
        name: peer.cluster,
        labels: { ...objectLabels('spire-identities', 'spire') },
        ...(peer.bundle && { annotations: fingerprintsOf(peer.bundle) }),
      },
      spec: {
        className: props.className ?? DEFAULT_CLASS,
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
