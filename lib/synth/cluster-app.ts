/** The table of contents of a cluster's manifests: which construct goes into which file. */
import { App } from 'cdk8s';
import { FleetNamespace } from '../cluster/fleet-namespace';
import { BundleEndpoint } from '../federation/bundle-endpoint';
import { FederationLink } from '../federation/federation-link';
import { EndpointIngress, PeerEgress } from '../federation/network-policies';
import { GatewayHost } from '../istio/gateway-host';
import { IstioOperator } from '../istio/istio-operator';
import { ProxyGuard } from '../istio/proxy-guard';
import { RemoteHost } from '../istio/remote-host';
import { WorkloadAccess } from '../istio/workload-access';
import { AddressPool } from '../metallb/address-pool';
import type { Layer } from '../model/layers';
import { MANIFEST, manifestPath } from '../model/manifest-paths';
import { ISTIO_FOLDER } from '../model/names';
import type { ResolvedCluster, SharedSpire } from '../model/resolved-fleet';
import { NestedServer } from '../nesting/nested-server';
import { ServerApi } from '../nesting/server-api';
import { UpstreamEgress } from '../nesting/upstream-egress';
import { Kiali } from '../observability/kiali';
import { Prometheus } from '../observability/prometheus';
import { SpireAgent } from '../spire/agent';
import { SpireControllerManager } from '../spire/controller-manager';
import { SpiffeCsiDriver } from '../spire/csi-driver';
import { AgentNetworkPolicies, ServerNetworkPolicy } from '../spire/network-policies';
import { SpirePriorityClass } from '../spire/priority-class';
import { SpireServer } from '../spire/server';
import { SpireServerRbac } from '../spire/server-rbac';
import { SpireCrds } from '../spire/spire-crds';
import { UpstreamAgent } from '../spire/upstream-agent';
import { WorkloadIdentity } from '../spire/workload-identity';
import { Workload } from '../workloads/workload';
import { equalPart } from './equal-parts';
import { ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';

/** All manifests of a cluster. One App each: its cost does not grow with the fleet. */
export function buildCluster(cluster: ResolvedCluster): readonly ManifestFile[] {
  const app = new App();
  const { kubelet } = cluster;
  const { attestation: _, ...spire } = cluster.spire;
  const file = (layer: Layer, name: string): ManifestChart =>
    new ManifestChart(app, manifestPath(cluster.name, [layer, name]), layer);
  const equal: ManifestFile[] = [];
  /** A file that is built once for all clusters with these props. */
  const equalFile: AddEqualFile = (layer, name, props, build) => {
    const objects = equalPart(`${layer}/${name}`, props, build);
    equal.push({ layer, path: manifestPath(cluster.name, [layer, name]), objects });
  };

  equalFile('crds', 'spire', {}, (chart) => new SpireCrds(chart, 'crds'));
  for (const namespace of cluster.namespaces) {
    equalFile('namespaces', namespace.name, namespace, (chart, props) => new FleetNamespace(chart, 'namespace', props));
  }

  equalFile('spire-server', 'priority-class', {}, (chart) => new SpirePriorityClass(chart, 'priority-class'));
  equalFile('spire-server', 'rbac', { spire }, (chart, props) => new SpireServerRbac(chart, 'rbac', props));
  new SpireServer(file('spire-server', 'server'), 'server', cluster);
  if (cluster.upstream !== undefined) {
    const agent = file('spire-server', 'upstream-agent');
    new UpstreamAgent(agent, 'upstream-agent', { ...cluster, upstream: cluster.upstream });
    if (cluster.spire.networkPolicies) {
      new UpstreamEgress(agent, 'egress', { ...cluster, upstream: cluster.upstream });
    }
  }
  new SpireControllerManager(file('spire-server', 'controller-manager'), 'controller-manager', cluster);
  new SpireAgent(file('spire-agent', 'agent'), 'agent', cluster);
  equalFile('spire-agent', 'csi-driver', { spire, kubelet }, (chart, props) => {
    new SpiffeCsiDriver(chart, 'csi-driver', props);
  });
  if (cluster.istio?.guardsProxies) {
    // Before the pods that it looks at, and before Istio.
    equalFile('spire-agent', 'proxy-guard', {}, (chart) => new ProxyGuard(chart, 'proxy-guard'));
  }

  if (spire.networkPolicies) addNetworkPolicies({ ...cluster, spire }, equalFile);

  for (const identity of cluster.identities) {
    new WorkloadIdentity(file(...MANIFEST.identity(identity.file)), 'identity', identity);
  }
  for (const nested of cluster.serverApi?.nested ?? []) {
    new NestedServer(file('identities', `nested-${nested}`), 'nested-server', { ...cluster, nested });
  }
  for (const peer of cluster.peers) {
    equalFile(...MANIFEST.federation(peer.cluster), { peer }, (chart, props) => {
      new FederationLink(chart, 'link', props.peer);
    });
  }

  if (cluster.istio !== undefined) {
    const operator = new ManifestChart(app, `${istioFolder(cluster.name)}/istio-operator.yaml`);
    new IstioOperator(operator, 'istio-operator', { ...cluster, istio: cluster.istio });
  }
  addWorkloads(cluster, file);
  addEdge(cluster, file);
  if (cluster.observability) {
    equalFile('observability', 'prometheus', {}, (chart) => new Prometheus(chart, 'prometheus'));
    new Kiali(file('observability', 'kiali'), 'kiali', { cluster: cluster.name });
  }
  return [...equal, ...manifestFilesOf(app)];
}

/** Where a cluster's input for istioctl and Helm lies: outside its own tree, of which every file can be applied. */
export function istioFolder(cluster: string): string {
  return `${ISTIO_FOLDER}/${cluster}`;
}

type AddEqualFile = <Props>(
  layer: Layer,
  name: string,
  props: Props,
  build: (chart: ManifestChart, props: Props) => void,
) => void;

type AddFile = (layer: Layer, name: string) => ManifestChart;

interface GuardedCluster extends Pick<ResolvedCluster, 'bundleEndpoint' | 'peers'> {
  readonly spire: SharedSpire;
}

function addNetworkPolicies({ spire, bundleEndpoint, peers }: GuardedCluster, equalFile: AddEqualFile): void {
  // What opens the server's pod comes with what closes it: a later layer may be held up for long.
  const polled = bundleEndpoint !== undefined;
  equalFile('spire-server', 'network-policy', { spire, polled }, (chart, props) => {
    new ServerNetworkPolicy(chart, 'network-policy', props);
    if (props.polled) new EndpointIngress(chart, 'endpoint', props);
  });
  for (const peer of peers) {
    equalFile('spire-server', `poll-${peer.cluster}`, { peer, spire }, (chart, props) => {
      new PeerEgress(chart, 'egress', props);
    });
  }
  equalFile('spire-agent', 'network-policies', { spire }, (chart, props) => {
    new AgentNetworkPolicies(chart, 'network-policies', props);
  });
}

function addWorkloads(cluster: ResolvedCluster, file: AddFile): void {
  for (const workload of cluster.workloads) {
    if (workload.access.length > 0) {
      const policies = file(...MANIFEST.access(workload.name));
      for (const access of workload.access) {
        new WorkloadAccess(policies, `access-${access.name}`, {
          workload: workload.name,
          namespace: workload.namespace,
          access,
        });
      }
    }
    if (workload.components.length > 0) {
      new Workload(file(...MANIFEST.workload(workload.name)), 'workload', workload);
    }
  }
}

function addEdge(cluster: ResolvedCluster, file: AddFile): void {
  const { loadBalancer, bundleEndpoint, serverApi, gateway, remoteCalls } = cluster;
  if (loadBalancer !== undefined) {
    new AddressPool(file('edge', 'metallb'), 'pool', loadBalancer);
  }
  if (bundleEndpoint !== undefined) {
    new BundleEndpoint(file('edge', 'bundle-endpoint'), 'bundle-endpoint', { ...cluster, bundleEndpoint });
  }
  if (serverApi !== undefined) {
    new ServerApi(file('edge', 'server-api'), 'server-api', { ...cluster, serverApi });
  }
  for (const host of gateway?.hosts ?? []) {
    new GatewayHost(file(...MANIFEST.host(host.workload)), 'host', host);
  }
  for (const called of new Set(remoteCalls.map((call) => call.called))) {
    const calls = file(...MANIFEST.call(called));
    for (const call of remoteCalls.filter((candidate) => candidate.called === called)) {
      new RemoteHost(calls, `from-${call.namespace}`, call);
    }
  }
}
