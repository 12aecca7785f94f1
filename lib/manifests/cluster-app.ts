/** The table of contents of a cluster's manifests: which construct goes into which file. */
import type { Construct } from 'constructs';
import { BundleEndpoint } from '../federation/bundle-endpoint';
import { GatewayHost } from '../istio/gateway-host';
import { IstioOperator } from '../istio/istio-operator';
import { AddressPool } from '../metallb/address-pool';
import { MANIFEST } from '../model/delivery/manifest-paths';
import { ISTIO_FOLDER } from '../model/names';
import type { ResolvedCluster, ResolvedSpire } from '../model/resolved-fleet';
import { NestedServer } from '../nesting/nested-server';
import { ServerApi } from '../nesting/server-api';
import { Kiali } from '../observability/kiali';
import { SpireAgent } from '../spire/agent';
import { ControllerManagerConfig } from '../spire/controller-manager-config';
import { PluginEgressPolicy } from '../spire/plugin-egress';
import { SpireServer } from '../spire/server';
import { UpstreamAgent } from '../spire/upstream-agent';
import { egressOf, permissionsOf } from '../spire-plugins/server-plugins';
import { ClusterFiles } from './cluster-files';
import type { ManifestFile } from './manifest-file';
import type { ManifestScopes } from './manifest-scopes';
import * as parts from './parts';

/** Builds all manifests of a cluster. */
export function buildCluster(cluster: ResolvedCluster): readonly ManifestFile[] {
  const files = new ClusterFiles(cluster.name);
  addCluster(cluster, files);
  return files.all();
}

/** Adds all constructs of a cluster to the given scopes. */
export function addCluster<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  const shared = sharedOf(cluster);
  files.add(['crds', 'spire'], parts.SPIRE_CRDS, {});
  for (const namespace of cluster.namespaces) {
    files.add(['namespaces', namespace.name], parts.NAMESPACE, namespace);
  }
  addServer(cluster, shared, files);
  addAgent(cluster, shared, files);
  if (cluster.spire.networkPolicies) addNetworkPolicies(shared, cluster.upstream !== undefined, files);
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
  files.add(['spire-server', 'priority-class'], parts.PRIORITY_CLASS, {});
  const permissions = permissionsOf(cluster.plugins);
  files.add(['spire-server', 'rbac'], parts.SERVER_RBAC, { spire, permissions });
  new SpireServer(files.own('spire-server', 'server'), 'server', cluster);
  const { upstream } = cluster;
  if (upstream !== undefined) {
    new UpstreamAgent(files.own('spire-server', 'upstream-agent'), 'upstream-agent', { ...cluster, upstream });
  }
  if (spire.networkPolicies) {
    for (const egress of egressOf(cluster.plugins, spire.server.cloudIdentity?.egress)) {
      new PluginEgressPolicy(files.own('spire-server', egress.policy.replace(/^spire-/, '')), 'egress', {
        spire,
        egress,
      });
    }
  }
  const manager = files.own('spire-server', 'controller-manager');
  new ControllerManagerConfig(manager, 'config', cluster);
  files.add(manager, parts.CONTROLLER_MANAGER, { spire });
}

function addAgent<Scope extends Construct>(
  cluster: ResolvedCluster,
  { spire, kubelet, kubernetes }: SharedCluster,
  files: ManifestScopes<Scope>,
): void {
  const agent = files.own('spire-agent', 'agent');
  files.add(agent, parts.AGENT_RBAC, { spire, kubernetes });
  new SpireAgent(agent, 'agent', cluster);
  files.add(['spire-agent', 'csi-driver'], parts.CSI_DRIVER, { spire, kubelet });
  if (cluster.istio?.guardsProxies) {
    // The guard must exist before the pods that it checks, and before Istio.
    files.add(['spire-agent', 'proxy-guard'], parts.PROXY_GUARD, {});
  }
}

function addNetworkPolicies<Scope extends Construct>(
  { spire, bundleEndpoint, peers }: SharedCluster,
  nested: boolean,
  files: ManifestScopes<Scope>,
): void {
  // The policies that open the server's pod are applied with those that close it, because a later layer may be delayed for long.
  const polled = bundleEndpoint !== undefined;
  files.add(['spire-server', 'network-policy'], parts.SERVER_NETWORK_POLICY, { spire, polled, nested });
  for (const peer of peers) {
    files.add(['spire-server', `poll-${peer.cluster}`], parts.PEER_EGRESS, { peer, spire });
  }
  files.add(['spire-agent', 'network-policies'], parts.AGENT_NETWORK_POLICIES, { spire });
}

function addIdentities<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  const { className } = cluster.spire.controllerManager;
  for (const identity of cluster.identities) {
    files.add(MANIFEST.identity(identity.file), parts.IDENTITY, { ...identity, className });
  }
  for (const nested of cluster.serverApi?.nested ?? []) {
    new NestedServer(files.own('identities', `nested-${nested}`), 'nested-server', { ...cluster, nested, className });
  }
  for (const peer of cluster.peers) {
    files.add(MANIFEST.federation(peer.cluster), parts.FEDERATION_LINK, { ...peer, className });
  }
}

function addIstio<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  const { istio } = cluster;
  if (istio === undefined) return;
  const operator = files.outside(`${istioFolder(cluster.name)}/istio-operator.yaml`);
  new IstioOperator(operator, 'istio-operator', { ...cluster, istio });
  files.add(MANIFEST.meshMutualTls(), parts.MESH_MUTUAL_TLS, { plainText: istio.plainText });
}

function addObservability<Scope extends Construct>(
  cluster: ResolvedCluster,
  { spire }: SharedCluster,
  files: ManifestScopes<Scope>,
): void {
  const { observability, upstream } = cluster;
  const { podMonitors } = spire.telemetry?.prometheus ?? {};
  if (podMonitors !== undefined) {
    const props = { ...podMonitors, spire, nested: upstream !== undefined };
    files.add(['observability', 'spire-pod-monitors'], parts.SPIRE_POD_MONITORS, props);
  }
  if (observability === undefined) return;
  const { prometheus } = observability;
  if (prometheus.deployed) {
    const { serverNamespace, agentNamespace, telemetry } = spire;
    const spireNamespaces = telemetry?.prometheus?.byOutput ? [serverNamespace, agentNamespace] : [];
    files.add(['observability', 'prometheus'], parts.PROMETHEUS, { spireNamespaces });
  }
  const kiali = files.own('observability', 'kiali');
  files.add(kiali, parts.KIALI_RBAC, {});
  new Kiali(kiali, 'kiali', { cluster: cluster.name, prometheus: prometheus.url });
  if (spire.networkPolicies) {
    const { apiServerPorts, dnsPorts } = spire;
    const props = { apiServerPorts, dnsPorts, prometheus: prometheus.deployed };
    files.add(['observability', 'network-policies'], parts.OBSERVABILITY_NETWORK_POLICIES, props);
  }
}

function addWorkloads<Scope extends Construct>(cluster: ResolvedCluster, files: ManifestScopes<Scope>): void {
  for (const workload of cluster.workloads) {
    const { name, namespace, access: all } = workload;
    if (all.length > 0) {
      files.add(MANIFEST.access(name), parts.ACCESS, { workload: name, namespace, all });
    }
    if (workload.components.length > 0) {
      // A proxy finds the socket by its mount alone.
      const socketName = workload.proxied ? undefined : cluster.spire.agent.socket.name;
      files.add(MANIFEST.workload(name), parts.WORKLOAD, { ...workload, socketName });
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
    files.add(MANIFEST.call(called), parts.REMOTE_CALLS, calls);
  }
}
