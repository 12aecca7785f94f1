/** The Service at which peers reach this trust domain's bundle. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { familyOf, pinnedAddress } from '../model/cluster/load-balancer';
import { type BundleEndpointSettings, completeBundleEndpoint } from '../model/federation/without-fleet';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedLoadBalancer, ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';

export interface BundleEndpointProps {
  /** The same as in the props of `SpireServer`, which serves the bundle. */
  readonly bundleEndpoint: BundleEndpointSettings;
  /** MetalLB, which gives the Service its address. @default - another load balancer */
  readonly loadBalancer?: ResolvedLoadBalancer;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/**
 * One Service, at the given address.
 * @throws Error if settings of the endpoint do not go together
 */
export class BundleEndpoint extends Construct {
  constructor(scope: Construct, id: string, props: BundleEndpointProps) {
    super(scope, id);
    const { loadBalancer } = props;
    const spire = completeSpire(props.spire);
    const bundleEndpoint = completeBundleEndpoint(props.bundleEndpoint, this.node.path);
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
