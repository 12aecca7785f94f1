/** The Service through which nested servers and their agents reach the upstream SPIRE server, and its NetworkPolicy. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { pinnedAddress } from '../model/cluster/load-balancer';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedLoadBalancer, ResolvedSpire } from '../model/resolved-fleet';
import type { ServerApiSettings } from '../model/spire/nesting-without-fleet';
import { serverApiPortOf } from '../model/spire/resolve-nesting';
import { completeSpire } from '../model/spire/without-fleet';

export interface ServerApiProps {
  /** The same as in the props of `SpireServer`. */
  readonly serverApi: ServerApiSettings;
  /** MetalLB, which gives the Service its address. @default - another load balancer */
  readonly loadBalancer?: ResolvedLoadBalancer;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/**
 * One Service, at the given address, and the NetworkPolicy that opens it.
 * Every call uses mutual TLS, except node attestation, which verifies the certificate of the nested server itself.
 */
export class ServerApi extends Construct {
  constructor(scope: Construct, id: string, { serverApi, loadBalancer, ...props }: ServerApiProps) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    const balanced = pinnedAddress(serverApi, loadBalancer);
    const metadata = {
      name: SPIRE_SERVER.apiService,
      namespace: spire.serverNamespace,
      labels: objectLabels(SPIRE_SERVER.name, 'spire'),
    };
    const pods = selectorLabels(SPIRE_SERVER.name);
    new k8s.KubeService(this, 'service', {
      metadata: { ...metadata, annotations: balanced.annotations },
      spec: {
        type: 'LoadBalancer',
        loadBalancerIp: balanced.loadBalancerIp,
        allocateLoadBalancerNodePorts: balanced.allocateNodePorts,
        loadBalancerClass: balanced.loadBalancerClass,
        ...balanced.family,
        // The controller manager runs in the same pod. The server keeps answering while it restarts.
        publishNotReadyAddresses: true,
        selector: pods,
        ports: [
          {
            name: 'tls-grpc',
            port: serverApiPortOf(serverApi),
            targetPort: k8s.IntOrString.fromString('grpc'),
            protocol: 'TCP',
          },
        ],
      },
    });
    if (spire.networkPolicies) {
      // Nested servers connect from other clusters, whose addresses are unknown.
      new k8s.KubeNetworkPolicy(this, 'policy', {
        metadata,
        spec: {
          podSelector: { matchLabels: pods },
          policyTypes: ['Ingress'],
          ingress: [{ ports: [{ port: k8s.IntOrString.fromNumber(SPIRE_SERVER.apiPort), protocol: 'TCP' }] }],
        },
      });
    }
  }
}
