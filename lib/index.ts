/** The public API: what a fleet is, what is decided about it, the constructs that write it, and the whole synthesis. */

export type { OutputFault } from './checks/output-fault';
export { LabelledNamespace, type LabelledNamespaceProps } from './cluster/labelled-namespace';
export { ArgoCdHealth, type ArgoCdHealthProps } from './delivery/argocd/argocd-health';
export { ArgoCdProject, type ArgoCdProjectProps } from './delivery/argocd/argocd-project';
export { FluxFollower, type FluxFollowerProps } from './delivery/flux/flux-follower';
export { FluxLayer, type FluxLayerProps } from './delivery/flux/flux-layer';
export { FluxRelease, type FluxReleaseProps } from './delivery/flux/flux-release';
export { FluxSource, type FluxSourceProps } from './delivery/flux/flux-source';
export {
  type Change,
  type Diagram,
  type DiagramEdge,
  type DiagramGroup,
  type DiagramNode,
  renderLegend,
} from './diagram/diagram';
export { buildFleetDiagram } from './diagram/fleet-diagram';
export { foldDiagram } from './diagram/fold-diagram';
export { markChanges } from './diagram/mark-changes';
export { neighbourhood } from './diagram/neighbourhood';
export { renderDot } from './diagram/render-dot';
export { renderFlowchart, renderMermaid } from './diagram/render-mermaid';
export { renderSvg } from './diagram/render-svg';
export { chooseExposure as Exposure } from './exposure/catalog';
export { BundleEndpoint, type BundleEndpointProps } from './federation/bundle-endpoint';
export { FederationLink, type FederationLinkProps } from './federation/federation-link';
export {
  EndpointIngress,
  type EndpointIngressProps,
  PeerEgress,
  type PeerEgressProps,
} from './federation/network-policies';
export { renderFleetJsonSchema } from './fleet/json-schema';
export { type LoadedFleet, loadFleet, type TrustFile } from './fleet/load';
export { type Fleet, fleetSchema } from './fleet/schema';
export { GatewayHost } from './istio/gateway-host';
export { helmValues } from './istio/helm-values';
export { IstioOperator } from './istio/istio-operator';
export { MeshMutualTls, type MeshMutualTlsProps } from './istio/mesh-mutual-tls';
export { ProxyGuard } from './istio/proxy-guard';
export { RemoteHost } from './istio/remote-host';
export { WorkloadAccess } from './istio/workload-access';
export { buildCluster } from './manifests/cluster-app';
export { buildDelivery, type DeliveryFiles } from './manifests/delivery-app';
export type { ManifestFile } from './manifests/manifest-file';
export { AddressPool } from './metallb/address-pool';
export { needsOf } from './model/delivery/layers';
export type { RepositorySettings } from './model/delivery/without-fleet';
export type { BundleEndpointSettings, PeerSettings } from './model/federation/without-fleet';
export type { GatewaySettings, IstioSettings } from './model/istio/without-fleet';
export { type Resolution, resolve } from './model/resolve';
export type {
  ResolvedAccess,
  ResolvedBundleEndpoint,
  ResolvedCluster,
  ResolvedDelivery,
  ResolvedFleet,
  ResolvedGateway,
  ResolvedHost,
  ResolvedIdentity,
  ResolvedIstio,
  ResolvedLoadBalancer,
  ResolvedNamespace,
  ResolvedPeer,
  ResolvedRemoteCall,
  ResolvedSpire,
  ResolvedTrust,
  ResolvedWorkload,
} from './model/resolved-fleet';
export type { ServerApiSettings, UpstreamSettings } from './model/spire/nesting-without-fleet';
export type { ResolvedNesting, ResolvedServerApi, ResolvedUpstream } from './model/spire/resolved-nesting';
export type { PodMonitorSettings, ResolvedTelemetry } from './model/spire/resolved-telemetry';
export type { SpireSettings } from './model/spire/without-fleet';
export type { Surroundings } from './model/trust/resolve-trust';
export type {
  AccessSettings,
  HostSettings,
  RemoteHostSettings,
  WorkloadSettings,
} from './model/workloads/without-fleet';
export { NestedServer, type NestedServerProps } from './nesting/nested-server';
export { ServerApi, type ServerApiProps } from './nesting/server-api';
export { Kiali, type KialiProps } from './observability/kiali';
export { KialiRbac } from './observability/kiali-rbac';
export { ObservabilityNetworkPolicies, type ObservabilityNetworkPoliciesProps } from './observability/network-policies';
export { SpirePodMonitors, type SpirePodMonitorsProps } from './observability/pod-monitors';
export { Prometheus, type PrometheusProps } from './observability/prometheus';
export { checkTree, type TreeDifference } from './output/check-tree';
export { planTree, type TreePlan } from './output/compare-tree';
export type { OutputFile } from './output/output-file';
export { type Synthesis, synthesize } from './output/synthesize';
export { type WrittenTree, writeTree } from './output/write-tree';
export type { Problem, ProblemCode } from './problems/problem';
export { renderProblems, type Source } from './problems/render';
export { SpireAgent, type SpireAgentProps } from './spire/agent';
export type { AgentConfigProps } from './spire/agent-config';
export { SpireAgentRbac, type SpireAgentRbacProps } from './spire/agent-rbac';
export { SpireControllerManager, type SpireControllerManagerProps } from './spire/controller-manager';
export { ControllerManagerConfig } from './spire/controller-manager-config';
export type { ControllerManagerProps } from './spire/controller-manager-pod';
export { SpiffeCsiDriver, type SpiffeCsiDriverProps } from './spire/csi-driver';
export { MetricsNetworkPolicy, type MetricsNetworkPolicyProps } from './spire/metrics-network-policy';
export { AgentNetworkPolicies, type NetworkPoliciesProps, ServerNetworkPolicy } from './spire/network-policies';
export { PluginEgressPolicy, type PluginEgressPolicyProps } from './spire/plugin-egress';
export { SpirePriorityClass } from './spire/priority-class';
export { SpireServer, type SpireServerProps } from './spire/server';
export { SpireServerRbac, type SpireServerRbacProps } from './spire/server-rbac';
export { SpireCrds } from './spire/spire-crds';
export { UpstreamAgent, type UpstreamAgentProps } from './spire/upstream-agent';
export { WorkloadIdentity, type WorkloadIdentityProps } from './spire/workload-identity';
export { chooseBundlePublisher as BundlePublisher } from './spire-plugins/bundle-publisher/catalog';
export { chooseDatastore as Datastore } from './spire-plugins/datastore/catalog';
export { chooseKeyManager as KeyManager } from './spire-plugins/key-manager/catalog';
export { permissionsOf, type ServerPlugins } from './spire-plugins/server-plugins';
export { chooseUpstreamAuthority as UpstreamAuthority } from './spire-plugins/upstream-authority/catalog';
export { type CheckAppOptions, checkApp } from './standalone/check-app';
export {
  FederatedCluster,
  type FederatedClusterProps,
  type FederatedTrustDomain,
} from './standalone/federated-cluster';
export { Workload } from './workloads/workload';
