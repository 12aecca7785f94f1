/** The public API: what a fleet is, what is decided about it, the constructs that write it, and the whole synthesis. */

export { FleetNamespace } from './cluster/fleet-namespace';
export { ArgoCdApplications, type ArgoCdApplicationsProps } from './delivery/argocd-applications';
export { ArgoCdHealth } from './delivery/argocd-health';
export { ArgoCdParent, type ArgoCdParentProps } from './delivery/argocd-parent';
export { ArgoCdProject, type ArgoCdProjectProps } from './delivery/argocd-project';
export { FluxFollower, type FluxFollowerProps } from './delivery/flux-follower';
export { FluxLayer, type FluxLayerProps } from './delivery/flux-layer';
export { FluxRelease, type FluxReleaseProps } from './delivery/flux-release';
export { FluxSource, type FluxSourceProps } from './delivery/flux-source';
export { BundleEndpoint, type BundleEndpointProps } from './federation/bundle-endpoint';
export { FederationLink } from './federation/federation-link';
export { EndpointIngress, PeerEgress, type PeerEgressProps } from './federation/network-policies';
export { renderFleetJsonSchema } from './fleet/json-schema';
export { type LoadedFleet, loadFleet, type TrustFile } from './fleet/load';
export { type Fleet, fleetSchema } from './fleet/schema';
export { GatewayHost } from './istio/gateway-host';
export { helmValues } from './istio/helm-values';
export { IstioOperator } from './istio/istio-operator';
export type { IstioProps } from './istio/istio-settings';
export { ProxyGuard } from './istio/proxy-guard';
export { RemoteHost } from './istio/remote-host';
export { WorkloadAccess, type WorkloadAccessProps } from './istio/workload-access';
export { AddressPool } from './metallb/address-pool';
export { type Resolution, resolve } from './model/resolve';
export type { Surroundings } from './model/resolve-trust';
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
  SharedSpire,
} from './model/resolved-fleet';
export type { ResolvedNesting, ResolvedServerApi, ResolvedUpstream } from './model/resolved-nesting';
export { NestedServer, type NestedServerProps } from './nesting/nested-server';
export { ServerApi, type ServerApiProps } from './nesting/server-api';
export { UpstreamEgress, type UpstreamEgressProps } from './nesting/upstream-egress';
export { Kiali, type KialiProps } from './observability/kiali';
export { KialiRbac } from './observability/kiali-rbac';
export { ObservabilityNetworkPolicies, type ObservabilityNetworkPoliciesProps } from './observability/network-policies';
export { Prometheus } from './observability/prometheus';
export { drawFleet } from './picture/draw-fleet';
export { foldPicture } from './picture/fold';
export { markChanges } from './picture/mark-changes';
export { neighbourhood } from './picture/neighbourhood';
export {
  type Change,
  explainPicture,
  type Picture,
  type PictureEdge,
  type PictureGroup,
  type PictureNode,
} from './picture/picture';
export { renderDot } from './picture/render-dot';
export { renderFlowchart, renderMermaid } from './picture/render-mermaid';
export { renderSvg } from './picture/render-svg';
export type { Problem, ProblemCode } from './problems/problem';
export { renderProblems, type Source } from './problems/render';
export { SpireAgent } from './spire/agent';
export type { AgentConfigProps } from './spire/agent-config';
export { SpireAgentRbac, type SpireAgentRbacProps } from './spire/agent-rbac';
export { SpireControllerManager, type SpireControllerManagerProps } from './spire/controller-manager';
export { ControllerManagerConfig } from './spire/controller-manager-config';
export type { ControllerManagerProps } from './spire/controller-manager-pod';
export { SpiffeCsiDriver, type SpiffeCsiDriverProps } from './spire/csi-driver';
export { AgentNetworkPolicies, type NetworkPoliciesProps, ServerNetworkPolicy } from './spire/network-policies';
export { SpirePriorityClass } from './spire/priority-class';
export { SpireServer, type SpireServerProps } from './spire/server';
export { SpireServerRbac } from './spire/server-rbac';
export { SpireCrds } from './spire/spire-crds';
export { UpstreamAgent } from './spire/upstream-agent';
export type { UpstreamAgentConfigProps } from './spire/upstream-agent-config';
export { WorkloadIdentity } from './spire/workload-identity';
export { checkTree, type TreeDifference } from './synth/check-tree';
export type { OutputFault } from './synth/checks/fault';
export { buildCluster } from './synth/cluster-app';
export { planTree, type TreePlan } from './synth/compare-tree';
export { buildDelivery, type DeliveryFiles } from './synth/delivery-app';
export type { ManifestFile } from './synth/manifest-file';
export type { OutputFile } from './synth/output-file';
export { type Synthesis, synthesize } from './synth/synthesize';
export { type WrittenTree, writeTree } from './synth/write-tree';
export { Workload } from './workloads/workload';
