/** One cluster with SPIRE, its federations and its workloads, for cdk8s apps that have no fleet file. */
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { FleetCluster, FleetPartner, FleetWorkload } from '../fleet/schema';
import { addCluster } from '../manifests/cluster-app';
import type { Part } from '../manifests/define-part';
import { chartsOf } from '../manifests/istio-charts';
import { ManifestChart } from '../manifests/manifest-file';
import type { ManifestScopes } from '../manifests/manifest-scopes';
import type { Layer } from '../model/delivery/layers';
import type { ManifestName } from '../model/delivery/manifest-paths';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { resolveAlone } from './resolve-alone';

/** A trust domain with which the cluster federates. */
export interface FederatedTrustDomain extends Omit<FleetPartner, 'trust'> {
  /** Its root certificates in PEM. @default - `bundle`, or the web PKI where its endpoint has the profile https_web */
  readonly root?: string;
  /** Its SPIFFE bundle in JSON. @default - the bundle that `root` makes */
  readonly bundle?: string;
}

/** The keys of a cluster in a fleet file, with the texts of certificates in place of the names of files. */
export interface FederatedClusterProps extends Omit<FleetCluster, 'trust' | 'nestedUnder' | 'serverApi'> {
  /** Names the cluster in the SPIFFE IDs of its agents. @default - the id of the construct */
  readonly clusterName?: string;
  /**
   * Root certificates of the trust domain in PEM. The SPIRE server signs with an intermediate below them.
   * @default - the server signs by itself, which needs `bundle`, or a bundle endpoint with the profile https_web
   */
  readonly root?: string;
  /** Secret of type kubernetes.io/tls with the intermediate below `root`. @default 'spire-upstream-ca' */
  readonly upstreamSecret?: string;
  /** A bundle of the server in JSON, pinned, in place of `root`. @default - none */
  readonly bundle?: string;
  /** Trust domains that this one federates with, both ways, by a name for each. @default - none */
  readonly federatesWith?: Readonly<Record<string, FederatedTrustDomain>>;
  /** What runs on the cluster, by name, and what calls it or is called elsewhere, with `partner`. @default - nothing */
  readonly workloads?: Readonly<Record<string, Omit<FleetWorkload, 'cluster'>>>;
  /** Certificates must be valid at this time, such as `new Date()`. It is no part of the output. */
  readonly now: Date;
}

/**
 * Everything that a cluster of a fleet has, in the chart or construct it is made in: SPIRE's server, agents, CSI driver and
 * controller manager with their CRDs and permissions, its federations, identities, workloads, gateway and observability.
 * Defaults and rules are those of a fleet file.
 * @throws Error that lists every problem, each with its key and one thing to do
 */
export class FederatedCluster extends Construct {
  /** What was decided, for constructs of your own. */
  readonly resolved: ResolvedCluster;

  constructor(scope: Construct, id: string, props: FederatedClusterProps) {
    super(scope, id);
    this.resolved = resolveAlone(props.clusterName ?? id, props, this.node.path);
    addCluster(this.resolved, new ConstructScopes(this));
  }

  /** Values of Istio's Helm charts that hand SPIRE's identities to sidecars and gateways, by chart. Empty without Istio. */
  get istioChartValues(): Readonly<Record<string, object>> {
    return chartsOf(this.resolved);
  }
}

/** Every file of a fleet's output as a construct below one. */
class ConstructScopes implements ManifestScopes {
  constructor(private readonly parent: Construct) {}

  own(layer: Layer, name: string): Construct {
    const made = this.parent.node.tryFindChild(`${layer}-${name}`);
    return made === undefined ? new Construct(this.parent, `${layer}-${name}`) : (made as Construct);
  }

  /** What only istioctl reads must not reach the app. */
  outside(path: string): Construct {
    return new ManifestChart(new App(), path);
  }

  add<Props>(to: ManifestName | Construct, part: Part<Props>, props: Props): void {
    part.build(to instanceof Construct ? new Construct(to, 'part') : this.own(...to), props);
  }
}
