/** The parts that clusters with equal props share. Nothing else stands at the top of this file, so no part can depend on a cluster. */
import { LabelledNamespace } from '../cluster/labelled-namespace';
import { FederationLink } from '../federation/federation-link';
import { EndpointIngress, PeerEgress, type PeerEgressProps } from '../federation/network-policies';
import { MeshMutualTls, type MeshMutualTlsProps } from '../istio/mesh-mutual-tls';
import { ProxyGuard } from '../istio/proxy-guard';
import { RemoteHost } from '../istio/remote-host';
import { WorkloadAccess } from '../istio/workload-access';
import type {
  ResolvedAccess,
  ResolvedIdentity,
  ResolvedNamespace,
  ResolvedPeer,
  ResolvedRemoteCall,
  ResolvedSpire,
  ResolvedWorkload,
} from '../model/resolved-fleet';
import { KialiRbac } from '../observability/kiali-rbac';
import {
  ObservabilityNetworkPolicies,
  type ObservabilityNetworkPoliciesProps,
} from '../observability/network-policies';
import { SpirePodMonitors, type SpirePodMonitorsProps } from '../observability/pod-monitors';
import { Prometheus, type PrometheusProps } from '../observability/prometheus';
import { SpireAgentRbac, type SpireAgentRbacProps } from '../spire/agent-rbac';
import { SpireControllerManager, type SpireControllerManagerProps } from '../spire/controller-manager';
import { SpiffeCsiDriver, type SpiffeCsiDriverProps } from '../spire/csi-driver';
import { MetricsNetworkPolicy } from '../spire/metrics-network-policy';
import { AgentNetworkPolicies, ServerNetworkPolicy } from '../spire/network-policies';
import { SpirePriorityClass } from '../spire/priority-class';
import { SpireServerRbac, type SpireServerRbacProps } from '../spire/server-rbac';
import { SpireCrds } from '../spire/spire-crds';
import { WorkloadIdentity } from '../spire/workload-identity';
import { Workload } from '../workloads/workload';
import { definePart, defineWorkloadPart } from './define-part';

export const SPIRE_CRDS = definePart('spire-crds', (scope) => {
  new SpireCrds(scope, 'crds');
});

export const NAMESPACE = definePart('namespace', (scope, namespace: ResolvedNamespace) => {
  new LabelledNamespace(scope, 'namespace', namespace);
});

export const PRIORITY_CLASS = definePart('priority-class', (scope) => {
  new SpirePriorityClass(scope, 'priority-class');
});

export const SERVER_RBAC = definePart('server-rbac', (scope, props: SpireServerRbacProps) => {
  new SpireServerRbac(scope, 'rbac', props);
});

export const CONTROLLER_MANAGER = definePart('controller-manager', (scope, props: SpireControllerManagerProps) => {
  new SpireControllerManager(scope, 'controller-manager', props);
});

export const AGENT_RBAC = definePart('agent-rbac', (scope, props: SpireAgentRbacProps) => {
  new SpireAgentRbac(scope, 'rbac', props);
});

export const CSI_DRIVER = definePart('csi-driver', (scope, props: SpiffeCsiDriverProps) => {
  new SpiffeCsiDriver(scope, 'csi-driver', props);
});

export const PROXY_GUARD = definePart('proxy-guard', (scope) => {
  new ProxyGuard(scope, 'proxy-guard');
});

export const SERVER_NETWORK_POLICY = definePart(
  'server-network-policy',
  (scope, props: { readonly spire: ResolvedSpire; readonly polled: boolean; readonly nested: boolean }) => {
    new ServerNetworkPolicy(scope, 'network-policy', props);
    if (props.polled) new EndpointIngress(scope, 'endpoint', props);
    new MetricsNetworkPolicy(scope, 'metrics', { ...props, of: 'server' });
  },
);

export const AGENT_NETWORK_POLICIES = definePart(
  'agent-network-policies',
  (scope, props: { readonly spire: ResolvedSpire }) => {
    new AgentNetworkPolicies(scope, 'network-policies', props);
    new MetricsNetworkPolicy(scope, 'metrics', { ...props, of: 'agent' });
  },
);

export const PEER_EGRESS = definePart('peer-egress', (scope, props: PeerEgressProps) => {
  new PeerEgress(scope, 'egress', props);
});

export const FEDERATION_LINK = definePart('federation-link', (scope, peer: ResolvedPeer) => {
  new FederationLink(scope, 'link', peer);
});

export const MESH_MUTUAL_TLS = definePart('mesh-mutual-tls', (scope, props: MeshMutualTlsProps) => {
  new MeshMutualTls(scope, 'mutual-tls', props);
});

export const PROMETHEUS = definePart('prometheus', (scope, props: PrometheusProps) => {
  new Prometheus(scope, 'prometheus', props);
});

export const SPIRE_POD_MONITORS = definePart('spire-pod-monitors', (scope, props: SpirePodMonitorsProps) => {
  new SpirePodMonitors(scope, 'pod-monitors', props);
});

export const KIALI_RBAC = definePart('kiali-rbac', (scope) => {
  new KialiRbac(scope, 'rbac');
});

export const OBSERVABILITY_NETWORK_POLICIES = definePart(
  'observability-network-policies',
  (scope, props: ObservabilityNetworkPoliciesProps) => {
    new ObservabilityNetworkPolicies(scope, 'network-policies', props);
  },
);

export const IDENTITY = defineWorkloadPart('identity', (scope, identity: ResolvedIdentity) => {
  new WorkloadIdentity(scope, 'identity', identity);
});

export const ACCESS = defineWorkloadPart(
  'access',
  (
    scope,
    {
      workload,
      namespace,
      all,
    }: { readonly workload: string; readonly namespace: string; readonly all: readonly ResolvedAccess[] },
  ) => {
    for (const access of all) new WorkloadAccess(scope, `access-${access.name}`, { workload, namespace, ...access });
  },
);

export const WORKLOAD = defineWorkloadPart(
  'workload',
  (scope, workload: ResolvedWorkload & { readonly socketName?: string }) => {
    new Workload(scope, 'workload', workload);
  },
);

export const REMOTE_CALLS = defineWorkloadPart('remote-calls', (scope, calls: readonly ResolvedRemoteCall[]) => {
  for (const call of calls) new RemoteHost(scope, `from-${call.namespace}`, call);
});
