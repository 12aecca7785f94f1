/** The NetworkPolicies of Prometheus and Kiali, which allow only the connections that each needs. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ISTIO, OBSERVABILITY, objectLabels, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';

export interface ObservabilityNetworkPoliciesProps extends Pick<ResolvedSpire, 'apiServerPorts' | 'dnsPorts'> {
  /** Whether the Prometheus that Kiali asks is the one beside it. */
  readonly prometheus: boolean;
}

type Egress = k8s.NetworkPolicyEgressRule[];

/**
 * One policy for Kiali, and one for Prometheus where it is deployed.
 * - Nobody reaches Kiali: people come by a port that the kubelet forwards, which is no traffic between pods.
 * - Kiali alone reaches Prometheus, which scrapes pods at whatever port their annotations name.
 * - Behind the URL of a Prometheus of one's own may be a Service, and policies are held against the address and the port of
 *   the pod behind it, which nobody here knows. There, Kiali may dial anybody.
 */
export class ObservabilityNetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, { prometheus, ...ports }: ObservabilityNetworkPoliciesProps) {
    super(scope, id);
    const apiServer = { ports: ports.apiServerPorts.map(tcp) };
    const metrics = [tcp(OBSERVABILITY.prometheusPort)];
    const { kiali, prometheus: name } = OBSERVABILITY;
    this.add(kiali, {
      ...(prometheus && {
        egress: [dns(ports.dnsPorts), apiServer, { to: [podsOf(name)], ports: metrics }, ISTIOD_VERSION],
      }),
    });
    if (prometheus) {
      this.add(name, {
        ingress: [{ from: [podsOf(kiali)], ports: metrics }],
        egress: [apiServer, { to: [{ namespaceSelector: {} }] }],
      });
    }
  }

  private add(
    name: string,
    { ingress, egress }: { readonly ingress?: k8s.NetworkPolicyIngressRule[]; readonly egress?: Egress },
  ): void {
    new k8s.KubeNetworkPolicy(this, name, {
      metadata: { name, namespace: ISTIO.namespace, labels: objectLabels(name, 'observability') },
      spec: {
        podSelector: { matchLabels: selectorLabels(name) },
        policyTypes: egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'],
        ...(ingress && { ingress }),
        ...(egress && { egress }),
      },
    });
  }
}

/** Kiali asks istiod for its version (istio/version.go of Kiali 2.27), and waits three seconds for it whenever it reads the mesh. */
const ISTIOD_VERSION: k8s.NetworkPolicyEgressRule = {
  to: [{ podSelector: { matchLabels: { app: 'istiod' } } }],
  ports: [tcp(15014)],
};

/** In the namespace of the policies. */
function podsOf(name: string): k8s.NetworkPolicyPeer {
  return { podSelector: { matchLabels: selectorLabels(name) } };
}

/** To anybody: with NodeLocal DNSCache the answer comes from the node. */
function dns(ports: readonly number[]): k8s.NetworkPolicyEgressRule {
  return { ports: ports.flatMap((port) => [tcp(port), { ...tcp(port), protocol: 'UDP' }]) };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
