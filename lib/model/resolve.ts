/** Decides everything about a fleet: fills what the person left out and cross-checks what they wrote. */
import { DEFAULTS } from '../fleet/defaults';
import type { Fleet, FleetCluster } from '../fleet/schema';
import type { Problem, Report } from '../problems/problem';
import { problemAt, problemAtKey } from '../problems/problem';
import { checkAddresses } from './addresses';
import { checkWorkloads } from './check-workloads';
import { FederationGraph } from './federation-graph';
import { RESERVED_FOLDERS } from './names';
import { requiredSecrets } from './required-secrets';
import { accessOf, hostsOf, identitiesOf, remoteCallsFrom } from './resolve-access';
import { type CallDraft, resolveCalls } from './resolve-calls';
import { resolveBundleEndpoint } from './resolve-endpoint';
import { resolveIstio, resolveKubernetes } from './resolve-istio';
import { namespacesOf } from './resolve-namespaces';
import { resolveSpire } from './resolve-spire';
import { type Surroundings, TrustResolver } from './resolve-trust';
import { draftWorkloads, type WorkloadDraft } from './resolve-workloads';
import type {
  ResolvedBundleEndpoint,
  ResolvedCluster,
  ResolvedFleet,
  ResolvedGateway,
  ResolvedHost,
  ResolvedIstio,
  ResolvedPeer,
  ResolvedSpire,
  ResolvedTrust,
} from './resolved-fleet';
import { gatewaySpiffeId, serverSpiffeId } from './spiffe-id';

/** A fleet with everything decided, or what is wrong with it; warnings can come with the fleet. */
export interface Resolution {
  /** Undefined when a problem of severity error was found. */
  readonly fleet?: ResolvedFleet;
  readonly problems: readonly Problem[];
}

/** Resolves a fleet. Same fleet, same result, whatever the order of its keys. */
export function resolve(fleet: Fleet, surroundings: Surroundings): Resolution {
  const problems = new Map<string, Problem>();
  // A setting of the whole fleet is checked for each cluster, but one fault is one problem.
  const report: Report = (problem) =>
    problems.set(JSON.stringify([problem.code, problem.place, problem.facts]), problem);
  checkNames(fleet, report);
  checkTrustDomains(fleet, report);
  checkGatewayPorts(fleet, report);
  checkAddresses(fleet, report);
  const graph = new FederationGraph(fleet, report);
  checkEndpoints(fleet, graph, report);
  const own = resolveOwn(fleet, graph, surroundings, report);
  const spireNamespaces = (name: string): readonly string[] => {
    const spire = own.get(name)?.spire;
    return spire === undefined ? [] : [spire.serverNamespace, spire.agentNamespace];
  };
  const drafts = draftWorkloads(fleet, spireNamespaces, report);
  checkWorkloads(drafts, report);
  const calls = resolveCalls(fleet, drafts, graph, report);
  const found = [...problems.values()];
  if (found.some(({ severity }) => severity === 'error')) {
    return { problems: found };
  }
  return { fleet: assemble(fleet, { graph, own, drafts, calls }), problems: found };
}

/** What can be decided about a cluster without looking at the others. */
interface OwnDecisions {
  readonly written: FleetCluster;
  readonly kubernetes: string;
  readonly spire: ResolvedSpire;
  readonly istio: ResolvedIstio;
  readonly trust: ResolvedTrust;
  readonly bundleEndpoint?: ResolvedBundleEndpoint;
}

function resolveOwn(
  fleet: Fleet,
  graph: FederationGraph,
  surroundings: Surroundings,
  report: Report,
): ReadonlyMap<string, OwnDecisions> {
  const trustResolver = new TrustResolver(fleet, surroundings, report);
  const own = new Map<string, OwnDecisions>();
  for (const [name, written] of sortedEntries(fleet.clusters)) {
    const kubernetes = resolveKubernetes(fleet, name, report);
    own.set(name, {
      written,
      kubernetes,
      spire: resolveSpire(fleet, name, report),
      istio: resolveIstio(fleet, name, kubernetes, report),
      trust: trustResolver.resolve(name, written, graph.peersOf(name).length > 0),
      bundleEndpoint: resolveBundleEndpoint(name, written, report),
    });
  }
  return own;
}

/** The gateway's Service has a port of this number already, for its health. */
const GATEWAY_HEALTH_PORT = 15021;

function checkGatewayPorts(fleet: Fleet, report: Report): void {
  for (const [name, { gateway }] of sortedEntries(fleet.clusters)) {
    if (gateway?.port === GATEWAY_HEALTH_PORT) {
      const expected = `a port other than ${GATEWAY_HEALTH_PORT}, at which the gateway tells its health`;
      report(problemAt(['clusters', name, 'gateway', 'port'], 'out-of-range', { expected, got: String(gateway.port) }));
    }
  }
}

function checkNames(fleet: Fleet, report: Report): void {
  if (Object.keys(fleet.clusters).length === 0) {
    report(problemAtKey(['clusters'], 'out-of-range', { expected: 'at least 1 cluster', got: '0' }));
  }
  for (const name of Object.keys(fleet.clusters).filter((cluster) => RESERVED_FOLDERS.includes(cluster))) {
    const because = 'the output has a folder of this name for something else';
    report(problemAtKey(['clusters', name], 'reserved-name', { name, because }));
  }
}

function checkTrustDomains(fleet: Fleet, report: Report): void {
  const owners = new Map<string, string>();
  for (const [name, { trustDomain }] of sortedEntries(fleet.clusters)) {
    const cluster = owners.get(trustDomain);
    if (cluster === undefined) {
      owners.set(trustDomain, name);
    } else {
      const first = ['clusters', cluster, 'trustDomain'];
      report(problemAt(['clusters', name, 'trustDomain'], 'duplicate-trust-domain', { trustDomain, cluster, first }));
    }
  }
}

function checkEndpoints(fleet: Fleet, graph: FederationGraph, report: Report): void {
  const told = new Set<string>();
  for (const { ends, place } of graph.links()) {
    for (const cluster of ends) {
      if (fleet.clusters[cluster]?.bundleEndpoint === undefined && !told.has(cluster)) {
        told.add(cluster);
        const peer = ends[0] === cluster ? ends[1] : ends[0];
        report(problemAt(['clusters', cluster], 'missing-bundle-endpoint', { cluster, peer, link: place }));
      }
    }
  }
}

interface Decisions {
  readonly graph: FederationGraph;
  readonly own: ReadonlyMap<string, OwnDecisions>;
  readonly drafts: readonly WorkloadDraft[];
  readonly calls: readonly CallDraft[];
}

function assemble(fleet: Fleet, decisions: Decisions): ResolvedFleet {
  const { graph, own, calls } = decisions;
  return {
    name: fleet.fleet,
    clusters: [...own.entries()].map(([name, cluster]) => ({
      ...assembleCluster(name, cluster, decisions),
      observability: cluster.written.observability ?? fleet.observability ?? DEFAULTS.observability,
    })),
    links: graph.links().map(({ ends }) => ({ ends })),
    calls: calls.map(({ caller, called }) => ({
      caller: caller.name,
      callerCluster: caller.cluster,
      called: called.name,
      calledCluster: called.cluster,
    })),
  };
}

function assembleCluster(
  name: string,
  own: OwnDecisions,
  { graph, own: all, drafts, calls }: Decisions,
): Omit<ResolvedCluster, 'observability'> {
  const { written, kubernetes, spire, istio, trust, bundleEndpoint } = own;
  const here = drafts.filter((draft) => draft.cluster === name);
  const gateway = gatewayOf(written, hostsOf(name, written.gateway?.port ?? DEFAULTS.gatewayPort, calls));
  const gatewayElsewhere = (cluster: string): { address: string; port: number } => {
    const { address = '', port = DEFAULTS.gatewayPort } = all.get(cluster)?.written.gateway ?? {};
    return { address, port };
  };
  return {
    name,
    trustDomain: written.trustDomain,
    kubernetes,
    kubelet: {
      directory: written.kubelet?.directory ?? DEFAULTS.kubeletDirectory,
      verification: written.kubelet?.verification ?? DEFAULTS.kubeletVerification,
    },
    spire,
    trust,
    bundleEndpoint,
    loadBalancer: written.loadBalancer,
    istio,
    gateway,
    peers: graph.peersOf(name).flatMap((peer) => peerOf(peer, all.get(peer))),
    identities: identitiesOf(name, gateway !== undefined, drafts, calls),
    workloads: here.map((draft) => ({
      name: draft.name,
      namespace: draft.namespace,
      components: draft.components,
      expectedPods:
        draft.kind === 'pods'
          ? { labels: draft.podLabels, serviceAccount: draft.serviceAccount, service: draft.entry?.service }
          : undefined,
      access: accessOf(draft, calls),
    })),
    remoteCalls: remoteCallsFrom(name, calls, gatewayElsewhere),
    namespaces: namespacesOf(spire, here),
    requiredSecrets: requiredSecrets(spire, trust, bundleEndpoint, gateway),
  };
}

function gatewayOf(written: FleetCluster, hosts: readonly ResolvedHost[]): ResolvedGateway | undefined {
  return written.gateway === undefined
    ? undefined
    : {
        address: written.gateway.address,
        port: written.gateway.port ?? DEFAULTS.gatewayPort,
        spiffeId: gatewaySpiffeId(written.trustDomain),
        hosts,
      };
}

function peerOf(cluster: string, peer: OwnDecisions | undefined): readonly ResolvedPeer[] {
  const endpoint = peer?.bundleEndpoint;
  if (peer === undefined || endpoint === undefined) {
    return [];
  }
  const { trustDomain } = peer.written;
  return [
    {
      cluster,
      trustDomain,
      url: endpoint.url,
      profile: endpoint.profile,
      endpointSpiffeId: endpoint.profile === 'https_spiffe' ? serverSpiffeId(trustDomain) : undefined,
      bundle: peer.trust.bundle,
    },
  ];
}

function sortedEntries<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
