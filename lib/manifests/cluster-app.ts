/** The table of contents of a cluster's manifests: which construct goes into which file. */
import type { Construct } from 'constructs';
import { FleetNamespace } from '../cluster/fleet-namespace';
import { BundleEndpoint } from '../federation/bundle-endpoint';
import { FederationLink } from '../federation/federation-link';
import { EndpointIngress, PeerEgress } from '../federation/network-policies';
import { GatewayHost } from '../istio/gateway-host';
import { IstioOperator } from '../istio/istio-operator';
import { MeshMutualTls } from '../istio/mesh-mutual-tls';
import { ProxyGuard } from '../istio/proxy-guard';
import { RemoteHost } from '../istio/remote-host';
import { WorkloadAccess } from '../istio/workload-access';
import { AddressPool } from '../metallb/address-pool';
import { MANIFEST } from '../model/delivery/manifest-paths';
import { ISTIO_FOLDER } from '../model/names';
import type { ResolvedCluster, ResolvedSpire } from '../model/resolved-fleet';
import { NestedServer } from '../nesting/nested-server';
import { ServerApi } from '../nesting/server-api';
import { Kiali } from '../observability/kiali';
import { KialiRbac } from '../observability/kiali-rbac';
import { ObservabilityNetworkPolicies } from '../observability/network-policies';
import { Prometheus } from '../observability/prometheus';
import { SpireAgent } from '../spire/agent';
import { SpireAgentRbac } from '../spire/agent-rbac';
import { SpireControllerManager } from '../spire/controller-manager';
import { ControllerManagerConfig } from '../spire/controller-manager-config';
import { SpiffeCsiDriver } from '../spire/csi-driver';
import { AgentNetworkPolicies, ServerNetworkPolicy } from '../spire/network-policies';
import { PluginEgressPolicy } from '../spire/plugin-egress';
import { SpirePriorityClass } from '../spire/priority-class';
import { SpireServer } from '../spire/server';
import { SpireServerRbac } from '../spire/server-rbac';
import { SpireCrds } from '../spire/spire-crds';
import { UpstreamAgent } from '../spire/upstream-agent';
import { WorkloadIdentity } from '../spire/workload-identity';
import { allPlugins, permissionsOf } from '../spire-plugins/server-plugins';
import { Workload } from '../workloads/workload';
import { ClusterFiles } from './cluster-files';
import type { ManifestFile } from './manifest-file';
import type { ManifestScopes } from './manifest-scopes';

/** Builds all manifests of a cluster. */
export function buildCluster(cluster: ResolvedCluster): readonly ManifestFile[] {
  const files = new ClusterFiles(cluster.name);
  addCluster(cluster, files);
  return files.all();
}

/** Adds all constructs of a cluster to the given scopes. */
export function addCluster<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  const shared = sharedOf(cluster);
  files.common(['crds', 'spire'], {}, (scope) => new SpireCrds(scope, 'crds'));
  for (const namespace of cluster.namespaces) {
    files.common(['namespaces', namespace.name], namespace, (scope, props) => {
      new FleetNamespace(scope, 'namespace', props);
    });
  }
  addServer(cluster, shared, files);
  addAgent(cluster, shared, files);
  if (cluster.spire.networkPolicies) addNetworkPolicies(shared, files);
  addIdentities(cluster, files);
  addIstio(cluster, files);
  addWorkloads(cluster, files);
  addEdge(cluster, files);
  addObservability(cluster, shared, files);
}

/** The folder of a cluster's input for istioctl and Helm. It is outside the cluster's own folder, where every file can be applied. */
export function istioFolder(cluster: string): string {
  return `${ISTIO_FOLDER}/${cluster}`;
}

/** Decisions about a cluster that do not contain its name, so that clusters can share what is built from them. */
interface SharedCluster extends Pick<ResolvedCluster, 'kubernetes' | 'kubelet' | 'bundleEndpoint' | 'peers'> {
  readonly spire: ResolvedSpire;
}

function sharedOf({ spire, kubernetes, kubelet, bundleEndpoint, peers }: ResolvedCluster): SharedCluster {
  return { spire, kubernetes, kubelet, bundleEndpoint, peers };
}

function addServer<Scope extends Construct>(
  cluster: ResolvedCluster,
  { spire }: SharedCluster,
  files: ManifestScopes<Scope>,
): void {
  files.common(['spire-server', 'priority-class'], {}, (scope) => {
    new SpirePriorityClass(scope, 'priority-class');
  });
  const permissions = permissionsOf(cluster.plugins);
  files.common(['spire-server', 'rbac'], { spire, permissions }, (scope, props) => {
    new SpireServerRbac(scope, 'rbac', props);
  });
  new SpireServer(files.own('spire-server', 'server'), 'server', cluster);
  const { upstream } = cluster;
  if (upstream !== undefined) {
    new UpstreamAgent(files.own('spire-server', 'upstream-agent'), 'upstream-agent', { ...cluster, upstream });
  }
  if (spire.networkPolicies) {
    for (const { egress } of allPlugins(cluster.plugins)) {
      if (egress === undefined) continue;
      new PluginEgressPolicy(files.own('spire-server', egress.policy.replace(/^spire-/, '')), 'egress', {
        spire,
        egress,
      });
    }
  }
  const manager = files.own('spire-server', 'controller-manager');
  new ControllerManagerConfig(manager, 'config', cluster);
  files.commonPart(manager, { spire }, (scope, props) => {
    new SpireControllerManager(scope, 'controller-manager', props);
  });
}

function addAgent<Scope extends Construct>(
  cluster: ResolvedCluster,
  { spire, kubelet, kubernetes }: SharedCluster,
  files: ManifestScopes<Scope>,
): void {
  const agent = files.own('spire-agent', 'agent');
  files.commonPart(agent, { spire, kubernetes }, (scope, props) => {
    new SpireAgentRbac(scope, 'rbac', props);
  });
  new SpireAgent(agent, 'agent', cluster);
  files.common(['spire-agent', 'csi-driver'], { spire, kubelet }, (scope, props) => {
    new SpiffeCsiDriver(scope, 'csi-driver', props);
  });
  if (cluster.istio?.guardsProxies) {
    // The guard must exist before the pods that it checks, and before Istio.
    files.common(['spire-agent', 'proxy-guard'], {}, (scope) => new ProxyGuard(scope, 'proxy-guard'));
  }
}

function addNetworkPolicies<Scope extends Construct>(
  { spire, bundleEndpoint, peers }: SharedCluster,
  files: ManifestScopes<Scope>,
): void {
  // The policies that open the server's pod are applied with those that close it, because a later layer may be delayed for long.
  const polled = bundleEndpoint !== undefined;
  files.common(['spire-server', 'network-policy'], { spire, polled }, (scope, props) => {
    new ServerNetworkPolicy(scope, 'network-policy', props);
    if (props.polled) new EndpointIngress(scope, 'endpoint', props);
  });
  for (const peer of peers) {
    files.common(['spire-server', `poll-${peer.cluster}`], { peer, spire }, (scope, props) => {
      new PeerEgress(scope, 'egress', props);
    });
  }
  files.common(['spire-agent', 'network-policies'], { spire }, (scope, props) => {
    new AgentNetworkPolicies(scope, 'network-policies', props);
  });
}

function addIdentities<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  for (const identity of cluster.identities) {
    files.ofWorkload(MANIFEST.identity(identity.file), identity, (scope, props) => {
      new WorkloadIdentity(scope, 'identity', props);
    });
  }
  for (const nested of cluster.serverApi?.nested ?? []) {
    new NestedServer(files.own('identities', `nested-${nested}`), 'nested-server', { ...cluster, nested });
  }
  for (const peer of cluster.peers) {
    files.common(MANIFEST.federation(peer.cluster), peer, (scope, props) => {
      new FederationLink(scope, 'link', props);
    });
  }
}

function addIstio<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  const { istio } = cluster;
  if (istio === undefined) return;
  const operator = files.outside(`${istioFolder(cluster.name)}/istio-operator.yaml`);
  new IstioOperator(operator, 'istio-operator', { ...cluster, istio });
  files.common(MANIFEST.meshMutualTls(), { plainText: istio.plainText }, (scope, props) => {
    new MeshMutualTls(scope, 'mutual-tls', props);
  });
}

function addObservability<Scope extends Construct>(
  cluster: ResolvedCluster,
  { spire }: SharedCluster,
  files: ManifestScopes<Scope>,
): void {
  const { observability } = cluster;
  if (observability === undefined) return;
  const { prometheus } = observability;
  if (prometheus.deployed) {
    files.common(['observability', 'prometheus'], {}, (scope) => new Prometheus(scope, 'prometheus'));
  }
  const kiali = files.own('observability', 'kiali');
  files.commonPart(kiali, {}, (scope) => new KialiRbac(scope, 'rbac'));
  new Kiali(kiali, 'kiali', { cluster: cluster.name, prometheus: prometheus.url });
  if (spire.networkPolicies) {
    const { apiServerPorts, dnsPorts } = spire;
    const props = { apiServerPorts, dnsPorts, prometheus: prometheus.deployed };
    files.common(['observability', 'network-policies'], props, (scope, policies) => {
      new ObservabilityNetworkPolicies(scope, 'network-policies', policies);
    });
  }
}

function addWorkloads<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  for (const workload of cluster.workloads) {
    const { name, namespace, access: all } = workload;
    if (all.length > 0) {
      files.ofWorkload(MANIFEST.access(name), { workload: name, namespace, all }, (scope, props) => {
        for (const access of props.all) new WorkloadAccess(scope, `access-${access.name}`, { ...props, access });
      });
    }
    if (workload.components.length > 0) {
      files.ofWorkload(MANIFEST.workload(name), workload, (scope, props) => {
        new Workload(scope, 'workload', props);
      });
    }
  }
}

function addEdge<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  const { loadBalancer, bundleEndpoint, serverApi, gateway, remoteCalls } = cluster;
  if (loadBalancer !== undefined) {
    new AddressPool(files.own('edge', 'metallb'), 'pool', loadBalancer);
  }
  if (bundleEndpoint !== undefined) {
    new BundleEndpoint(files.own('edge', 'bundle-endpoint'), 'bundle-endpoint', { ...cluster, bundleEndpoint });
  }
  if (serverApi !== undefined) {
    new ServerApi(files.own('edge', 'server-api'), 'server-api', { ...cluster, serverApi });
  }
  for (const host of gateway?.hosts ?? []) {
    new GatewayHost(files.own(...MANIFEST.host(host.workload)), 'host', host);
  }
  for (const called of new Set(remoteCalls.map((call) => call.called))) {
    const calls = remoteCalls.filter((call) => call.called === called);
    files.ofWorkload(MANIFEST.call(called), calls, (scope, props) => {
      for (const call of props) new RemoteHost(scope, `from-${call.namespace}`, call);
    });
  }
}
