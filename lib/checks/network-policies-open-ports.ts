/** Checks that the NetworkPolicies allow the traffic that SPIRE needs: its Services, its webhook, its agents, its peers and its metrics. */
import { endpointOf } from '../formats/url-endpoint';
import { ISTIO, OBSERVABILITY, SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { collectorsOf, METRICS } from '../model/spire/metrics-endpoints';
import { egressOfAgents } from '../spire-plugins/by-name/agent-plans';
import { egressOf } from '../spire-plugins/server-plugins';
import type { ClusterObjects, PlacedObject, PodTemplate } from './cluster-objects';
import { hasLabels } from './cluster-objects';
import type { OutputRule } from './output-rule';

interface PolicySpec {
  readonly policyTypes: readonly string[];
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly ingress?: readonly { readonly ports?: readonly { readonly port: number }[] }[];
  readonly egress?: readonly { readonly ports?: readonly { readonly port: number }[] }[];
}

export const networkPoliciesOpenPorts: OutputRule = {
  name: 'network-policies-open-ports',
  looksFor:
    'a port of a Service, a port with metrics of SPIRE, or a port that a SPIRE server, an agent or one of their plugins has to reach, that NetworkPolicies keep closed',
  why: 'packets to a port that no policy allows are dropped without an error: agents do not attest, a peer is not polled, the webhook times out, or a Prometheus gets no metrics.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  check: (objects, cluster, report) => {
    for (const service of objects.ofKind('Service').filter(isDialled))
      checkService(service, objects, (reason) => report(service, reason));
    const [server, agent] = [objects.podOf(SPIRE_SERVER.name), objects.podOf(SPIRE_AGENT.name)];
    if (server === undefined || agent === undefined) return;
    for (const { url } of cluster.peers) {
      const { port } = endpointOf(url);
      if (isClosed(server, 'egress', port, objects)) report(server, `may not dial ${url}`);
    }
    const { upstream } = cluster;
    if (upstream !== undefined && isClosed(server, 'egress', upstream.port, objects)) {
      report(server, `may not dial the server of ${upstream.cluster}`);
    }
    const dialled = [
      ...egressOf(cluster.plugins, cluster.spire.server.cloudIdentity?.egress).map((to) => ({ pod: server, to })),
      ...egressOfAgents(cluster.spire).map((to) => ({ pod: agent, to })),
    ];
    for (const { pod, to } of dialled) {
      if (isClosed(pod, 'egress', to.port, objects)) report(pod, `may not dial ${to.address}:${to.port}`);
    }
    if (isClosed(agent, 'egress', SPIRE_SERVER.apiPort, objects)) report(agent, 'may not dial its server');
    const { trustBundle } = cluster.spire.agent;
    if (trustBundle !== undefined && isClosed(agent, 'egress', endpointOf(trustBundle.url).port, objects)) {
      report(agent, `may not dial ${trustBundle.url}`);
    }
    for (const pod of [server, agent]) checkMetrics(pod, { objects, cluster }, (reason) => report(pod, reason));
  },
};

interface Surroundings {
  readonly objects: ClusterObjects;
  readonly cluster: Pick<ResolvedCluster, 'spire'>;
}

/** Every port with metrics, which containers have only where somebody scrapes them, and every collector. */
function checkMetrics(
  pod: PodTemplate,
  { objects, cluster: { spire } }: Surroundings,
  report: (reason: string) => void,
): void {
  for (const { name, containerPort } of pod.spec.containers.flatMap(({ ports = [] }) => ports)) {
    if (METRICS_PORTS.has(name ?? '') && isClosed(pod, 'ingress', containerPort, objects)) {
      report(`serves metrics at ${containerPort}, which its NetworkPolicies keep closed`);
    }
  }
  for (const { host, port } of collectorsOf(spire.telemetry ?? {})) {
    if (isClosed(pod, 'egress', port, objects)) report(`may not send metrics to ${host}:${port}`);
  }
}

const METRICS_PORTS: ReadonlySet<string> = new Set(Object.values(METRICS).map(({ name }) => name));

/** Kiali's Service is used only for port forwarding, which goes through the kubelet and is not subject to policies. */
function isDialled({ object }: PlacedObject): boolean {
  return object.metadata.namespace !== ISTIO.namespace || object.metadata.name !== OBSERVABILITY.kiali;
}

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly targetPort: string | number }[];
}

function checkService(service: PlacedObject, objects: ClusterObjects, report: (reason: string) => void): void {
  const { selector, ports } = service.object.spec as ServiceSpec;
  for (const pod of objects.podsWith(service.object.metadata.namespace ?? '', selector)) {
    const open = pod.spec.containers.flatMap((container) => container.ports ?? []);
    for (const { name, targetPort } of ports) {
      const port = open.find((one) => one.name === targetPort || one.containerPort === targetPort)?.containerPort;
      if (port !== undefined && isClosed(pod, 'ingress', port, objects)) {
        report(
          `leads its port ${name} to ${port}, which the NetworkPolicies of ${pod.object.metadata.name} keep closed`,
        );
      }
    }
  }
}

const POLICY_TYPES = { ingress: 'Ingress', egress: 'Egress' };

type Direction = keyof typeof POLICY_TYPES;

/** A cache by pod. A hub looks up its server once for each peer and has a policy for each, so the cost would be quadratic. */
const opened = new WeakMap<PodTemplate, Partial<Record<Direction, ReadonlySet<number> | 'all'>>>();

/** Whether policies of this direction select a pod, and none of them names the port. */
function isClosed(pod: PodTemplate, direction: Direction, port: number, objects: ClusterObjects): boolean {
  const known = opened.get(pod) ?? {};
  opened.set(pod, known);
  known[direction] ??= openedPorts(pod, direction, objects);
  const ports = known[direction];
  return ports !== 'all' && !ports.has(port);
}

/** The open ports of a pod; all of them if no policy of this direction selects the pod. */
function openedPorts(pod: PodTemplate, direction: Direction, objects: ClusterObjects): ReadonlySet<number> | 'all' {
  const policies = objects
    .ofKind('NetworkPolicy')
    .filter(({ object }) => object.metadata.namespace === pod.namespace)
    .map(({ object }) => object.spec as PolicySpec)
    .filter(
      (spec) =>
        spec.policyTypes.includes(POLICY_TYPES[direction]) && hasLabels(pod.labels, spec.podSelector.matchLabels),
    );
  const rules = policies.flatMap((spec) => spec[direction] ?? []);
  // A rule without ports opens all of them.
  if (policies.length === 0 || rules.some(({ ports }) => ports === undefined)) return 'all';
  return new Set(rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port)));
}
