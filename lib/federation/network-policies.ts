/** The NetworkPolicies of a federation: peers may poll the endpoint of the SPIRE server, and it may poll theirs. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { endpointOf } from '../formats/url-endpoint';
import { addressPeers } from '../model/cluster/network-peers';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedPeer, ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';

export interface EndpointIngressProps {
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** Allows every address to poll the bundle endpoint, because the bundle is public and the addresses of peers are unknown. */
export class EndpointIngress extends Construct {
  constructor(scope: Construct, id: string, props: EndpointIngressProps = {}) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: metadataOf(SPIRE_SERVER.bundleEndpointService, spire.serverNamespace),
      spec: {
        podSelector: SERVER,
        policyTypes: ['Ingress'],
        ingress: [{ ports: [tcp(SPIRE_SERVER.bundleEndpointPort)] }],
      },
    });
  }
}

export interface PeerEgressProps {
  /** Name of the peer, and the URL of its bundle endpoint. */
  readonly peer: Pick<ResolvedPeer, 'cluster' | 'url'>;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** Lets the server poll one peer: by address if it is known, otherwise only by port. */
export class PeerEgress extends Construct {
  constructor(scope: Construct, id: string, { peer, ...props }: PeerEgressProps) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    const { host, port } = endpointOf(peer.url);
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: metadataOf(`${SPIRE_SERVER.name}-federation-${peer.cluster}`, spire.serverNamespace),
      spec: {
        podSelector: SERVER,
        policyTypes: ['Egress'],
        egress: [{ to: addressPeers(host), ports: [tcp(port)] }],
      },
    });
  }
}

const SERVER: k8s.LabelSelector = { matchLabels: selectorLabels(SPIRE_SERVER.name) };

function metadataOf(name: string, namespace: string): k8s.ObjectMeta {
  return { name, namespace, labels: objectLabels(SPIRE_SERVER.name, 'spire') };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
