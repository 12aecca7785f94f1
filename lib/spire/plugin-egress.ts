/** The NetworkPolicy that allows the connections of a SPIRE server's plugin. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addressPeers, servicePeers } from '../model/cluster/network-peers';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { PluginEgress } from '../spire-plugins/plugin';

export interface PluginEgressPolicyProps extends Pick<ResolvedCluster, 'spire'> {
  readonly egress: PluginEgress;
}

/** One policy for the server's pod: by address if the plugin dials an IP address, by namespace if it dials a Service, otherwise only by port. */
export class PluginEgressPolicy extends Construct {
  constructor(scope: Construct, id: string, { spire, egress }: PluginEgressPolicyProps) {
    super(scope, id);
    const { policy: name, address, port } = egress;
    const service = servicePeers(address);
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: { name, namespace: spire.serverNamespace, labels: objectLabels(name, 'spire') },
      spec: {
        podSelector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
        policyTypes: ['Egress'],
        egress: [
          service === undefined
            ? { to: addressPeers(address), ports: [{ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }] }
            : { to: service },
        ],
      },
    });
  }
}
