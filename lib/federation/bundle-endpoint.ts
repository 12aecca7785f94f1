/** The Service at which peers reach this trust domain's bundle. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { familyOf, pinnedAddress } from '../model/cluster/load-balancer';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedBundleEndpoint, ResolvedCluster } from '../model/resolved-fleet';

export interface BundleEndpointProps extends Pick<ResolvedCluster, 'spire' | 'loadBalancer'> {
  readonly bundleEndpoint: ResolvedBundleEndpoint;
}

/** One Service, of the type and at the address that the fleet gives. */
export class BundleEndpoint extends Construct {
  constructor(scope: Construct, id: string, { spire, loadBalancer, bundleEndpoint }: BundleEndpointProps) {
    super(scope, id);
    const { exposure, port, address } = bundleEndpoint;
    const { serviceType, addressOf, nodePorts } = exposure;
    const balanced = addressOf === 'service' ? pinnedAddress(bundleEndpoint, loadBalancer) : undefined;
    const family = addressOf === 'other' ? undefined : familyOf(address);
    new k8s.KubeService(this, 'service', {
      metadata: {
        name: SPIRE_SERVER.bundleEndpointService,
        namespace: spire.serverNamespace,
        labels: objectLabels(SPIRE_SERVER.name, 'spire'),
        annotations: balanced === undefined ? bundleEndpoint.annotations : balanced.annotations,
      },
      spec: {
        type: serviceType,
        loadBalancerIp: balanced?.loadBalancerIp,
        allocateLoadBalancerNodePorts: balanced?.allocateNodePorts,
        loadBalancerClass: balanced?.loadBalancerClass,
        ...family,
        // The controller manager runs in the same pod. The endpoint keeps answering while it restarts.
        publishNotReadyAddresses: true,
        selector: selectorLabels(SPIRE_SERVER.name),
        ports: [
          {
            // Istio reads the protocol from the name, here as everywhere in the cluster.
            name: 'https-federation',
            // Peers connect to the node port, so the port of the Service can be the default one.
            port: nodePorts === undefined ? port : SPIRE_SERVER.bundleEndpointPort,
            nodePort: nodePorts === undefined ? undefined : port,
            targetPort: k8s.IntOrString.fromString('federation'),
            protocol: 'TCP',
          },
        ],
      },
    });
  }
}
