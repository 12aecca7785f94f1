/** The NetworkPolicy by which a nested server, and the agent beside it, reach the server above. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addressPeers } from '../model/cluster/network-peers';
import { objectLabels, SPIRE_SERVER, selectorLabels, UPSTREAM_AGENT } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ResolvedUpstream } from '../model/spire/resolved-nesting';

export interface UpstreamEgressProps extends Pick<ResolvedCluster, 'spire'> {
  readonly upstream: ResolvedUpstream;
}

/** By address where that is known, else by port alone. */
export class UpstreamEgress extends Construct {
  constructor(scope: Construct, id: string, { spire, upstream }: UpstreamEgressProps) {
    super(scope, id);
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: {
        name: UPSTREAM_AGENT.name,
        namespace: spire.serverNamespace,
        labels: objectLabels(UPSTREAM_AGENT.name, 'spire'),
      },
      spec: {
        podSelector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
        policyTypes: ['Egress'],
        egress: [
          {
            to: addressPeers(upstream.address),
            ports: [{ port: k8s.IntOrString.fromNumber(upstream.port), protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}
