/** Resolves the identities of pods and who may reach them, with no more access than the declared calls need. */
import { optionalSeconds } from '../../formats/duration';
import { GATEWAY_POD_LABELS, IDENTITY_LABEL, ISTIO, MESH_IDENTITY, workloadIdentityName } from '../names';
import type {
  ResolvedAccess,
  ResolvedDirectCall,
  ResolvedGateway,
  ResolvedHost,
  ResolvedIdentity,
  ResolvedRemoteCall,
} from '../resolved-fleet';
import { ISTIO_TEMPLATE, istioPath, istioSpiffeId, wholeSpiffeId } from '../spire/spiffe-id';
import { componentSelector } from './pod-labels';
import type { CallDraft } from './resolve-calls';
import { policyName } from './resolve-components';
import type { WorkloadDraft } from './resolve-workloads';
import { spiffeIdsOf } from './workload-identities';

/** Hosts the gateway of a cluster serves: those that somebody of another cluster calls. */
export function hostsOf(cluster: string, gatewayPort: number, calls: readonly CallDraft[]): readonly ResolvedHost[] {
  const called = unique(remoteCallsTo(cluster, calls).map((call) => call.called));
  return called
    .flatMap((draft) => {
      const { host, credential } = draft.written;
      const { entry } = draft;
      if (host === undefined || entry === undefined) return [];
      const callers = sorted(
        calls.filter((call) => call.remote && call.called === draft).map((call) => call.caller.spiffeId),
      );
      return [
        {
          host,
          workload: draft.name,
          namespace: draft.namespace,
          ...entry,
          gatewayPort,
          routes: draft.routes,
          callers,
          credential: credential && { secret: credential.secret, spiffeId: servedId(draft, credential.spiffeId) },
        },
      ];
    })
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** @param x509SvidTtl in seconds */
type GatewaySvid = Pick<ResolvedGateway, 'spiffeId' | 'x509SvidTtl'>;

/** Identities of a cluster, sorted by name. */
export function identitiesOf(
  cluster: string,
  { hasMesh, gateway }: { readonly hasMesh: boolean; readonly gateway?: GatewaySvid },
  drafts: readonly WorkloadDraft[],
  calls: readonly CallDraft[],
): readonly ResolvedIdentity[] {
  const identities = [
    restIdentity(hasMesh),
    ...(gateway === undefined ? [] : [gatewayIdentity(cluster, gateway, calls)]),
    ...drafts.filter((draft) => draft.cluster === cluster).map((draft) => workloadIdentity(draft, calls)),
  ];
  return identities.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** For pods that are no workload of the fleet and ask for an identity by their label. */
function restIdentity(hasMesh: boolean): ResolvedIdentity {
  const name = hasMesh ? 'mesh-workloads' : 'labelled-workloads';
  return {
    name,
    file: name,
    spiffeIdTemplate: ISTIO_TEMPLATE,
    podLabels: { [IDENTITY_LABEL]: MESH_IDENTITY },
    fallback: true,
    federatesWith: [],
    dnsNames: [],
  };
}

/** Mutual TLS from other clusters ends at the gateway, so its SVID has the called hosts, and comes with the callers' bundles. */
function gatewayIdentity(
  cluster: string,
  { spiffeId, x509SvidTtl }: GatewaySvid,
  calls: readonly CallDraft[],
): ResolvedIdentity {
  const ownForm = spiffeId.endsWith(istioPath(ISTIO.namespace, ISTIO.gatewayServiceAccount));
  // With a certificate of the person's own, its ca.crt verifies the callers, not a SPIFFE bundle.
  const incoming = remoteCallsTo(cluster, calls).filter(({ called }) => called.written.credential === undefined);
  return {
    name: ISTIO.gateway,
    file: 'gateway',
    spiffeIdTemplate: ownForm ? ISTIO_TEMPLATE : spiffeId,
    podLabels: GATEWAY_POD_LABELS,
    fallback: false,
    namespace: ISTIO.namespace,
    serviceAccount: ISTIO.gatewayServiceAccount,
    federatesWith: foreign(
      incoming.map(({ caller }) => caller.trustDomain),
      incoming[0]?.called.trustDomain,
    ),
    dnsNames: sorted(incoming.flatMap(({ called }) => called.written.host ?? [])),
    x509SvidTtl,
  };
}

function workloadIdentity(draft: WorkloadDraft, calls: readonly CallDraft[]): ResolvedIdentity {
  const outgoing = calls.filter((call) => call.remote && call.caller === draft);
  const ownForm = draft.spiffeId === istioSpiffeId(draft.trustDomain, draft.namespace, draft.serviceAccount);
  return {
    name: workloadIdentityName(draft.name),
    file: workloadIdentityName(draft.name),
    spiffeIdTemplate: ownForm ? ISTIO_TEMPLATE : draft.spiffeId,
    podLabels: draft.podLabels,
    fallback: false,
    namespace: draft.namespace,
    // The pods of several components have several ServiceAccounts.
    serviceAccount: draft.components.length > 1 ? undefined : draft.serviceAccount,
    federatesWith: foreign(
      outgoing.map(({ called }) => called.trustDomain),
      draft.trustDomain,
    ),
    dnsNames: [],
    x509SvidTtl: optionalSeconds(draft.written.x509SvidTtl),
    jwtSvidTtl: optionalSeconds(draft.written.jwtSvidTtl),
  };
}

/** Policies in front of a workload's pods, which admit only its callers. Pods without a proxy have none. */
export function accessOf(draft: WorkloadDraft, calls: readonly CallDraft[]): readonly ResolvedAccess[] {
  if (!draft.proxied) return [];
  const incoming = calls.filter(({ called }) => called === draft);
  const callers = sorted(
    incoming.flatMap(({ caller, called, remote }) => (remote ? [called.gatewayId] : spiffeIdsOf(caller))),
  );
  if (draft.components.length > 1) return componentAccess(draft, callers);
  return [{ name: draft.name, podLabels: draft.podLabels, callers, ...plainTextOf(draft) }];
}

function plainTextOf({ written: { plainText } }: WorkloadDraft): Pick<ResolvedAccess, 'plainText'> {
  if (plainText === undefined) return {};
  const { ports, because } = plainText;
  return { plainText: { because, ...(ports && { ports: [...unique(ports)].sort((a, b) => a - b) }) } };
}

/** One policy for each component: the entry admits the callers of the workload, the others each other as the preset says. */
function componentAccess(draft: WorkloadDraft, callers: readonly string[]): readonly ResolvedAccess[] {
  const { name, preset, components, trustDomain, namespace } = draft;
  const idsOf = (component: string): readonly string[] =>
    components
      .filter((candidate) => candidate.name === component)
      .map(({ serviceAccount }) => istioSpiffeId(trustDomain, namespace, serviceAccount));
  return components.map((component) => {
    const { calledBy = [] } = preset?.components.find((candidate) => candidate.name === component.name) ?? {};
    return {
      name: policyName(draft, component.name),
      podLabels: componentSelector(name, component),
      ...(component.name === preset?.entry?.component
        ? { callers, ...plainTextOf(draft) }
        : { callers: sorted(calledBy.flatMap(idsOf)) }),
    };
  });
}

/** What the callers of a cluster need to reach hosts elsewhere: once for each of their namespaces. */
export function remoteCallsFrom(
  cluster: string,
  calls: readonly CallDraft[],
  gatewayOf: GatewayOf,
): readonly ResolvedRemoteCall[] {
  const found = new Map<string, ResolvedRemoteCall>();
  for (const { caller, called, remote } of calls) {
    if (!remote || caller.cluster !== cluster || !caller.proxied) continue;
    const way = wayTo(called, gatewayOf);
    if (way === undefined) continue;
    const http2 = called.kind !== 'partner';
    found.set(`${caller.namespace}/${way.host}`, { name: called.name, namespace: caller.namespace, http2, ...way });
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
}

/** Calls to other clusters of programs that have no proxy in front of them. */
export function directCallsFrom(
  cluster: string,
  calls: readonly CallDraft[],
  gatewayOf: GatewayOf,
): readonly ResolvedDirectCall[] {
  return calls.flatMap(({ caller, called, remote }) => {
    if (!remote || caller.cluster !== cluster || caller.proxied) return [];
    const way = wayTo(called, gatewayOf);
    return way === undefined ? [] : [{ caller: caller.name, callerSpiffeId: caller.spiffeId, ...way }];
  });
}

/** Finds the gateway of a cluster or a partner. */
type GatewayOf = (cluster: string) => Pick<ResolvedGateway, 'address' | 'port' | 'spiffeId'>;

/** How a workload is reached from other clusters. */
function wayTo(
  called: WorkloadDraft,
  gatewayOf: GatewayOf,
): Omit<ResolvedRemoteCall, 'name' | 'namespace' | 'http2'> | undefined {
  const { host, credential } = called.written;
  if (host === undefined) return undefined;
  const { address, port, spiffeId } = gatewayOf(called.cluster);
  return {
    called: called.name,
    host,
    gatewayAddress: address,
    gatewayPort: port,
    serverSpiffeId: credential === undefined ? spiffeId : servedId(called, credential.spiffeId),
  };
}

/** SPIFFE ID of a certificate that is served in place of the gateway's SVID. */
function servedId({ spiffeId, trustDomain }: WorkloadDraft, written: string | undefined): string {
  return wholeSpiffeId(written ?? spiffeId, trustDomain);
}

function remoteCallsTo(cluster: string, calls: readonly CallDraft[]): readonly CallDraft[] {
  return calls.filter((call) => call.remote && call.called.cluster === cluster);
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)];
}

/** The bundle of its own trust domain comes with every SVID; a server refuses entries that ask for it. */
function foreign(trustDomains: readonly string[], own: string | undefined): readonly string[] {
  return sorted(trustDomains.filter((trustDomain) => trustDomain !== own));
}

function sorted(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}
