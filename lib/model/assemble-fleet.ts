/** Assembles the resolved fleet from the draft of a fleet without errors. */
import { optionalSeconds } from '../formats/duration';
import { requiredSecrets } from './cluster/required-secrets';
import { exposureOf } from './cluster/resolve-exposure';
import { namespacesOf } from './cluster/resolve-namespaces';
import { declarationsOf } from './declarations';
import type { ClusterDraft, FleetDraft } from './fleet-draft';
import { gatewayPortOf } from './istio/gateway-port';
import { resolveObservability } from './istio/resolve-observability';
import type {
  ResolvedCluster,
  ResolvedEndedPeer,
  ResolvedFleet,
  ResolvedGateway,
  ResolvedPartner,
  ResolvedPeer,
  ResolvedWaiver,
  ResolvedWorkload,
} from './resolved-fleet';
import { gatewayIdOf, nestedUnder } from './spire/nesting';
import { serverSpiffeId } from './spire/spiffe-id';
import { accessOf, directCallsFrom, hostsOf, identitiesOf, remoteCallsFrom } from './workloads/resolve-access';
import type { CallDraft } from './workloads/resolve-calls';
import type { WorkloadDraft } from './workloads/resolve-workloads';
import { spiffeIdsOf } from './workloads/workload-identities';

/** Joins the parts of a draft. The draft must be free of errors. */
export function assembleFleet(draft: FleetDraft, waivers: readonly ResolvedWaiver[]): ResolvedFleet {
  const { written, graph, clusters, calls, workloads } = draft;
  const workloadsOf = grouped(workloads, ({ cluster }) => [cluster]);
  const callsOf = grouped(calls, ({ caller, called }) => [caller.cluster, called.cluster]);
  return {
    name: written.fleet,
    clusters: [...clusters].map(([name, cluster]) =>
      // Each cluster gets its own workloads, and the calls that start or end there.
      assembleCluster(name, cluster, {
        ...draft,
        workloads: workloadsOf.get(name) ?? [],
        calls: callsOf.get(name) ?? [],
      }),
    ),
    links: graph.links().map(({ ends }) => ({ ends })),
    oneWay: graph.oneWay().map(({ trusting, trusted }) => ({ trusting, trusted })),
    calls: calls.map(({ caller, called }) => ({
      caller: caller.name,
      callerCluster: caller.cluster,
      called: called.name,
      calledCluster: called.cluster,
    })),
    partners: partnersOf(draft),
    waivers,
    delivery: draft.delivery,
    declarations: declarationsOf(draft),
  };
}

/** Groups items by each of their keys, in order. Filtering all items once for each key would take quadratic time. */
function grouped<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

function assembleCluster(name: string, own: ClusterDraft, draft: FleetDraft): ResolvedCluster {
  const { written, kubernetes, kubelet, spire, istio, trust, plugins, bundleEndpoint, nesting } = own;
  const { graph, workloads, calls } = draft;
  const gateway = gatewayOf(name, own, draft);
  const gatewayOfOther = (other: string): GatewayDraft => gatewayElsewhere(other, draft);
  return {
    name,
    trustDomain: written.trustDomain,
    formerTrustDomain: written.formerTrustDomain,
    kubernetes,
    kubelet,
    spire,
    trust,
    plugins,
    ...nesting,
    bundleEndpoint,
    loadBalancer: written.loadBalancer,
    istio,
    observability: resolveObservability(draft.written, name, istio !== undefined),
    gateway,
    peers: graph.peersOf(name).flatMap((peer) => peerOf(peer, draft) ?? []),
    endedPeers: graph.endedWith(name).flatMap((peer) => endedPeerOf(peer, draft) ?? []),
    identities: identitiesOf(name, { hasMesh: istio !== undefined, gateway }, workloads, calls),
    workloads: workloads.map((workload) => assembleWorkload(workload, calls)),
    remoteCalls: remoteCallsFrom(name, calls, gatewayOfOther),
    directCalls: directCallsFrom(name, calls, gatewayOfOther),
    namespaces: namespacesOf(spire, istio, workloads),
    requiredSecrets: requiredSecrets({ spire, plugins, bundleEndpoint, gateway }),
  };
}

function assembleWorkload(workload: WorkloadDraft, calls: readonly CallDraft[]): ResolvedWorkload {
  return {
    name: workload.name,
    namespace: workload.namespace,
    proxied: workload.proxied,
    spiffeIds: spiffeIdsOf(workload),
    entry: workload.entry,
    page: workload.preset?.entry?.page,
    host: workload.written.host,
    components: workload.components,
    expectedPods:
      workload.kind === 'pods'
        ? {
            labels: workload.podLabels,
            serviceAccount: workload.serviceAccount,
            service: workload.entry?.service,
          }
        : undefined,
    access: accessOf(workload, calls),
  };
}

function gatewayOf(
  name: string,
  { written }: ClusterDraft,
  { calls, written: fleet }: FleetDraft,
): ResolvedGateway | undefined {
  if (written.gateway === undefined) {
    return undefined;
  }
  const port = gatewayPortOf(written.gateway);
  return {
    ...exposureOf(written.gateway),
    port,
    spiffeId: gatewayIdOf(fleet, name),
    x509SvidTtl: optionalSeconds(written.gateway.x509SvidTtl),
    hosts: hostsOf(name, port, calls),
  };
}

type GatewayDraft = Pick<ResolvedGateway, 'address' | 'port' | 'spiffeId'>;

/** Where calls to a cluster or a partner arrive, and who must answer there. */
function gatewayElsewhere(name: string, { clusters, partners, written }: FleetDraft): GatewayDraft {
  const partner = partners.get(name)?.gateway;
  if (partner !== undefined) {
    return partner;
  }
  const gateway = clusters.get(name)?.written.gateway;
  // Calls to a cluster without a gateway are reported and left out before.
  if (gateway === undefined) throw new Error(`a call leads to ${name}, which has no gateway`);
  return { address: gateway.address, port: gatewayPortOf(gateway), spiffeId: gatewayIdOf(written, name) };
}

function peerOf(name: string, { clusters, partners }: FleetDraft): ResolvedPeer | undefined {
  const partner = partners.get(name);
  if (partner !== undefined) {
    const { trustDomain, url, profile, endpointSpiffeId, bundle } = partner;
    return { cluster: name, trustDomain, url, profile, endpointSpiffeId, bundle };
  }
  const peer = clusters.get(name);
  const endpoint = peer?.bundleEndpoint;
  if (peer === undefined || endpoint === undefined) {
    return undefined;
  }
  const { trustDomain } = peer.written;
  return {
    cluster: name,
    trustDomain,
    url: endpoint.url,
    profile: endpoint.profile,
    endpointSpiffeId: endpoint.profile === 'https_spiffe' ? serverSpiffeId(trustDomain) : undefined,
    bundle: peer.trust.bundle,
  };
}

function endedPeerOf(name: string, { clusters, partners }: FleetDraft): ResolvedEndedPeer | undefined {
  const trustDomain = partners.get(name)?.trustDomain ?? clusters.get(name)?.written.trustDomain;
  return trustDomain === undefined ? undefined : { name, trustDomain };
}

function partnersOf({ written, partners, graph, workloads }: FleetDraft): readonly ResolvedPartner[] {
  return [...partners].map(([name, { trustDomain, url, profile }]) => ({
    name,
    trustDomain,
    url,
    profile,
    clusters: [...new Set([...graph.peersOf(name), ...graph.trustedBy(name)])]
      .flatMap((cluster) => [cluster, ...nestedUnder(written, cluster)])
      .sort(),
    workloads: workloads
      .filter(({ cluster }) => cluster === name)
      .map((workload) => ({
        name: workload.name,
        spiffeId: workload.written.spiffeId === undefined ? undefined : workload.spiffeId,
        host: workload.written.host,
      })),
  }));
}
