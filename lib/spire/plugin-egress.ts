/** The NetworkPolicy that allows the connections of a SPIRE server's plugin. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';
import type { PluginEgress } from '../spire-plugins/plugin';
import { egressRule } from './egress-rule';

export interface PluginEgressPolicyProps {
  /** What the server dials, such as `{ policy: 'spire-server-db', address: 'db.example.org', port: 5432 }`. */
  readonly egress: PluginEgress;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** One policy for the server's pod: by address if the plugin dials an IP address, by namespace if it dials a Service, otherwise only by port. */
export class PluginEgressPolicy extends Construct {
  constructor(scope: Construct, id: string, { egress, ...props }: PluginEgressPolicyProps) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    const { policy: name, address, port } = egress;
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: { name, namespace: spire.serverNamespace, labels: objectLabels(name, 'spire') },
      spec: {
        podSelector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
        policyTypes: ['Egress'],
        egress: [egressRule(address, port, spire.serverNamespace)],
      },
    });
  }
}
