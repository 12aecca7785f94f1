/** The NetworkPolicies of Prometheus and Kiali, which allow only the connections that each needs. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { defaultPrometheus } from '../model/istio/without-fleet';
import { ISTIO, OBSERVABILITY, objectLabels, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';

export interface ObservabilityNetworkPoliciesProps {
  /** Ports at which the API server listens, behind its Service. @default - those of Kubernetes */
  readonly apiServerPorts?: ResolvedSpire['apiServerPorts'];
  /** Ports at which the pods of the cluster's DNS listen. @default - those of Kubernetes */
  readonly dnsPorts?: ResolvedSpire['dnsPorts'];
  /** Whether Kiali queries the construct `Prometheus`. @default true */
  readonly prometheus?: boolean;
}

type Egress = k8s.NetworkPolicyEgressRule[];

/**
 * One policy for Kiali, and one for Prometheus if the output deploys it.
 * - No pod may connect to Kiali. Users connect through a port that the kubelet forwards, which NetworkPolicies do not affect.
 * - Only Kiali may connect to Prometheus. Prometheus may connect to every pod, because annotations choose the port to scrape.
 * - If the fleet names a Prometheus, Kiali may connect to every address: the URL may be that of a Service, and
 *   NetworkPolicies apply to the address and port of the pods behind it, which are unknown.
 */
export class ObservabilityNetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityNetworkPoliciesProps = {}) {
    super(scope, id);
    const { prometheus = defaultPrometheus().deployed, ...given } = props;
    const ports = completeSpire(given);
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

/** Kiali queries the version of istiod (istio/version.go of Kiali 2.27). Without access, it waits three seconds on each read of the mesh. */
const ISTIOD_VERSION: k8s.NetworkPolicyEgressRule = {
  to: [{ podSelector: { matchLabels: { app: 'istiod' } } }],
  ports: [tcp(15014)],
};

/** In the namespace of the policies. */
function podsOf(name: string): k8s.NetworkPolicyPeer {
  return { podSelector: { matchLabels: selectorLabels(name) } };
}

/** Allows DNS to every address, because NodeLocal DNSCache answers from the node. */
function dns(ports: readonly number[]): k8s.NetworkPolicyEgressRule {
  return { ports: ports.flatMap((port) => [tcp(port), { ...tcp(port), protocol: 'UDP' }]) };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
