/** The public API: what a fleet is, what is decided about it, the constructs that write it, and the whole synthesis. */

export { type Environment, EXIT, type ExitCode } from './cli/environment';
export { type PublishProps, publish } from './cli/publish';
export { FleetNamespace } from './cluster/fleet-namespace';
export { BundleEndpoint, type BundleEndpointProps } from './federation/bundle-endpoint';
export { FederationLink, type FederationLinkProps } from './federation/federation-link';
export { renderFleetJsonSchema } from './fleet/json-schema';
export { type LoadedFleet, loadFleet } from './fleet/load';
export { type Fleet, fleetSchema } from './fleet/schema';
export { GatewayHost } from './istio/gateway-host';
export { helmValues } from './istio/helm-values';
export { IstioOperator } from './istio/istio-operator';
export { RemoteHost } from './istio/remote-host';
export { WorkloadAccess, type WorkloadAccessProps } from './istio/workload-access';
export { AddressPool } from './metallb/address-pool';
export { type Resolution, resolve } from './model/resolve';
export type {
  ResolvedAccess,
  ResolvedCluster,
  ResolvedFleet,
  ResolvedHost,
  ResolvedIdentity,
  ResolvedNamespace,
  ResolvedPeer,
  ResolvedRemoteCall,
  ResolvedWorkload,
} from './model/resolved-fleet';
export { Kiali, type KialiProps } from './observability/kiali';
export { Prometheus } from './observability/prometheus';
export type { Problem, ProblemCode } from './problems/problem';
export { renderProblems, type Source } from './problems/render';
export { SpireAgent, type SpireAgentProps } from './spire/agent';
export { SpireControllerManager } from './spire/controller-manager';
export { SpiffeCsiDriver, type SpiffeCsiDriverProps } from './spire/csi-driver';
export { SpirePriorityClass } from './spire/priority-class';
export { SpireServer, type SpireServerProps } from './spire/server';
export { SpireServerRbac } from './spire/server-rbac';
export { SpireCrds } from './spire/spire-crds';
export { WorkloadIdentity, type WorkloadIdentityProps } from './spire/workload-identity';
export { buildCluster } from './synth/cluster-app';
export type { ManifestFile } from './synth/manifest-file';
export { type Synthesis, synthesize } from './synth/synthesize';
export { Workload } from './workloads/workload';
