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
import { ISTIO_FOLDER } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
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
import { WorkloadIdentity } from '../spire/workload-identity';
import { Workload } from '../workloads/workload';
import { ManifestChart, type ManifestFile } from './manifest-file';

/** All manifests of a cluster. One App each: its cost does not grow with the fleet. */
export function buildCluster(cluster: ResolvedCluster): readonly ManifestFile[] {
  const app = new App();
  const file = (layer: Layer, name: string): ManifestChart =>
    new ManifestChart(app, `${cluster.name}/${layer}/${name}.yaml`, layer);

  new SpireCrds(file('crds', 'spire'), 'crds');
  for (const namespace of cluster.namespaces) {
    new FleetNamespace(file('namespaces', namespace.name), 'namespace', namespace);
  }

  new SpirePriorityClass(file('spire-server', 'priority-class'), 'priority-class');
  new SpireServerRbac(file('spire-server', 'rbac'), 'rbac', cluster);
  new SpireServer(file('spire-server', 'server'), 'server', cluster);
  new SpireControllerManager(file('spire-server', 'controller-manager'), 'controller-manager', cluster);
  new SpireAgent(file('spire-agent', 'agent'), 'agent', cluster);
  new SpiffeCsiDriver(file('spire-agent', 'csi-driver'), 'csi-driver', cluster);
  if (cluster.istio?.guardsProxies) {
    // Before the pods that it looks at, and before Istio.
    new ProxyGuard(file('spire-agent', 'proxy-guard'), 'proxy-guard');
  }

  if (cluster.spire.networkPolicies) {
    new ServerNetworkPolicy(file('spire-server', 'network-policy'), 'network-policy', cluster);
    new AgentNetworkPolicies(file('spire-agent', 'network-policies'), 'network-policies', cluster);
  }

  for (const identity of cluster.identities) {
    new WorkloadIdentity(file('identities', identity.file), 'identity', identity);
  }
  for (const peer of cluster.peers) {
    const link = file('identities', `federation-${peer.cluster}`);
    new FederationLink(link, 'link', peer);
    if (cluster.spire.networkPolicies) new PeerEgress(link, 'egress', { ...cluster, peer });
  }

  if (cluster.istio !== undefined) {
    const operator = new ManifestChart(app, `${istioFolder(cluster.name)}/istio-operator.yaml`);
    new IstioOperator(operator, 'istio-operator', { ...cluster, istio: cluster.istio });
  }
  addWorkloads(cluster, file);
  addEdge(cluster, file);
  if (cluster.observability) {
    new Prometheus(file('observability', 'prometheus'), 'prometheus');
    new Kiali(file('observability', 'kiali'), 'kiali', { cluster: cluster.name });
  }
  return app.charts.map((chart) => (chart as ManifestChart).toManifestFile());
}

/** Where a cluster's input for istioctl and Helm lies: outside its own tree, of which every file can be applied. */
export function istioFolder(cluster: string): string {
  return `${ISTIO_FOLDER}/${cluster}`;
}

type AddFile = (layer: Layer, name: string) => ManifestChart;

function addWorkloads(cluster: ResolvedCluster, file: AddFile): void {
  for (const workload of cluster.workloads) {
    if (workload.access.length > 0) {
      const policies = file('istio', `access-${workload.name}`);
      for (const access of workload.access) {
        new WorkloadAccess(policies, `access-${access.name}`, {
          workload: workload.name,
          namespace: workload.namespace,
          access,
        });
      }
    }
    if (workload.components.length > 0) {
      new Workload(file('workloads', workload.name), 'workload', workload);
    }
  }
}

function addEdge(cluster: ResolvedCluster, file: AddFile): void {
  const { loadBalancer, bundleEndpoint, gateway, remoteCalls } = cluster;
  if (loadBalancer !== undefined) {
    new AddressPool(file('edge', 'metallb'), 'pool', loadBalancer);
  }
  if (bundleEndpoint !== undefined) {
    const endpoint = file('edge', 'bundle-endpoint');
    new BundleEndpoint(endpoint, 'bundle-endpoint', { ...cluster, bundleEndpoint });
    if (cluster.spire.networkPolicies) new EndpointIngress(endpoint, 'ingress', cluster);
  }
  for (const host of gateway?.hosts ?? []) {
    new GatewayHost(file('edge', `host-${host.workload}`), 'host', host);
  }
  for (const called of new Set(remoteCalls.map((call) => call.called))) {
    const calls = file('edge', `call-${called}`);
    for (const call of remoteCalls.filter((candidate) => candidate.called === called)) {
      new RemoteHost(calls, `from-${call.namespace}`, call);
    }
  }
}
