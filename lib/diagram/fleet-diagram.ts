/** Builds the diagram of a whole fleet: trust domains as groups, with federations, workloads and calls. */
import type { ResolvedCall, ResolvedCluster, ResolvedFleet, ResolvedPartner } from '../model/resolved-fleet';
import type { Diagram, DiagramEdge, DiagramGroup, DiagramNode } from './diagram';

/** Groups sorted by name, clusters first. */
export function buildFleetDiagram(fleet: ResolvedFleet): Diagram {
  return {
    title: fleet.name,
    groups: [...fleet.clusters.map(clusterGroup), ...fleet.partners.map(partnerGroup)],
    edges: distinct([...federations(fleet), ...calls(fleet)]),
    notes: [],
  };
}

const serverOf = (name: string): string => `server ${name}`;
const gatewayOf = (name: string): string => `gateway ${name}`;
const workloadOf = (name: string): string => `workload ${name}`;

function clusterGroup({ name, trustDomain, gateway, workloads }: ResolvedCluster): DiagramGroup {
  const gateways: readonly DiagramNode[] =
    gateway === undefined ? [] : [{ id: gatewayOf(name), kind: 'gateway', label: ['gateway', gateway.address] }];
  return {
    id: `cluster ${name}`,
    kind: 'cluster',
    name,
    trustDomain,
    nodes: [{ id: serverOf(name), kind: 'server', label: ['SPIRE server'] }, ...gateways, ...workloads.map(workload)],
  };
}

function partnerGroup({ name, trustDomain, workloads }: ResolvedPartner): DiagramGroup {
  return {
    id: `partner ${name}`,
    kind: 'partner',
    name,
    trustDomain,
    nodes: [{ id: serverOf(name), kind: 'server', label: ['bundle endpoint'] }, ...workloads.map(workload)],
  };
}

function workload({ name }: { readonly name: string }): DiagramNode {
  return { id: workloadOf(name), kind: 'workload', label: [name] };
}

function federations({ links, oneWay, clusters, partners }: ResolvedFleet): readonly DiagramEdge[] {
  const isPartner = (end: string): boolean => partners.some(({ name }) => name === end);
  const ended = clusters.flatMap(({ name, endedPeers }) =>
    endedPeers.map((peer): DiagramEdge => {
      // Both clusters may list the federation. Sorted names make it one edge.
      const [from = '', to = ''] = [name, peer.name].sort();
      return { from: serverOf(from), to: serverOf(to), kind: 'ended', label: 'ended' };
    }),
  );
  return [
    ...links.map(({ ends: [one, other] }): DiagramEdge => {
      const ends = { from: serverOf(one), to: serverOf(other) };
      return isPartner(one) || isPartner(other)
        ? { ...ends, kind: 'partner-federation', label: 'partner' }
        : { ...ends, kind: 'federation' };
    }),
    ...oneWay.map(
      ({ trusting, trusted }): DiagramEdge => ({
        from: serverOf(trusting),
        to: serverOf(trusted),
        kind: 'trust',
        label: 'trusts',
      }),
    ),
    ...ended,
    ...clusters.flatMap(({ name, upstream }): readonly DiagramEdge[] =>
      upstream === undefined
        ? []
        : [{ from: serverOf(upstream.cluster), to: serverOf(name), kind: 'signing', label: 'signs for' }],
    ),
  ];
}

function calls(fleet: ResolvedFleet): readonly DiagramEdge[] {
  const gateways = new Set(fleet.clusters.filter(({ gateway }) => gateway !== undefined).map(({ name }) => name));
  return fleet.calls.flatMap((call) => wayOf(call, gateways));
}

/** A call to another cluster goes through its gateway; where a partner's gateway leads is not ours to draw. */
function wayOf(
  { caller, callerCluster, called, calledCluster }: ResolvedCall,
  gateways: ReadonlySet<string>,
): readonly DiagramEdge[] {
  const [from, to] = [workloadOf(caller), workloadOf(called)];
  if (callerCluster === calledCluster) {
    return [{ from, to, kind: 'call' }];
  }
  if (!gateways.has(calledCluster)) {
    return [{ from, to, kind: 'remote-call', label: 'mTLS' }];
  }
  const gateway = gatewayOf(calledCluster);
  return [
    { from, to: gateway, kind: 'remote-call', label: 'mTLS' },
    { from: gateway, to, kind: 'call' },
  ];
}

function distinct(edges: readonly DiagramEdge[]): readonly DiagramEdge[] {
  return [...new Map(edges.map((edge) => [`${edge.kind} ${edge.from} ${edge.to}`, edge])).values()];
}
