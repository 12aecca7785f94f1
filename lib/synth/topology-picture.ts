/** Draws a fleet as a mermaid flowchart: clusters as boxes, federations as thick lines, calls as arrows. */
import type { ResolvedCall, ResolvedFleet } from '../model/resolved-fleet';

export function renderTopology(fleet: ResolvedFleet): string {
  const boxes = fleet.clusters.flatMap((cluster) => [
    `  subgraph ${id('cluster', cluster.name)}["${cluster.name} · ${cluster.trustDomain}"]`,
    `    ${id('server', cluster.name)}[SPIRE server]`,
    ...(cluster.gateway === undefined
      ? []
      : [`    ${id('gateway', cluster.name)}{{gateway ${cluster.gateway.address}}}`]),
    ...cluster.workloads.map((workload) => `    ${id('workload', workload.name)}(${workload.name})`),
    '  end',
  ]);
  const outside = fleet.partners.flatMap((partner) => [
    `  subgraph ${id('partner', partner.name)}["${partner.name} · ${partner.trustDomain} (partner)"]`,
    `    ${id('server', partner.name)}[bundle endpoint]`,
    ...partner.workloads.map((workload) => `    ${id('workload', workload.name)}(${workload.name})`),
    '  end',
  ]);
  const links = fleet.links.map(({ ends: [one, other] }) => `  ${id('server', one)} === ${id('server', other)}`);
  const oneWay = fleet.oneWay.map(
    ({ trusting, trusted }) => `  ${id('server', trusting)} -. trusts .-> ${id('server', trusted)}`,
  );
  const isRemote = ({ callerCluster, calledCluster }: ResolvedCall): boolean => callerCluster !== calledCluster;
  const remote = fleet.calls.filter(isRemote);
  const local = fleet.calls.filter((call) => !isRemote(call));
  const partners = new Set(fleet.partners.map(({ name }) => name));
  const arrows = [
    ...local.map(({ caller, called }) => `  ${id('workload', caller)} --> ${id('workload', called)}`),
    ...remote.map(({ caller, called, calledCluster }) => {
      const entrance = partners.has(calledCluster) ? id('workload', called) : id('gateway', calledCluster);
      return `  ${id('workload', caller)} -->|mTLS| ${entrance}`;
    }),
    ...remote
      .filter(({ calledCluster }) => !partners.has(calledCluster))
      .map(({ called, calledCluster }) => `  ${id('gateway', calledCluster)} --> ${id('workload', called)}`),
  ];
  return ['flowchart LR', ...boxes, ...outside, ...links, ...oneWay, ...new Set(arrows)].join('\n');
}

/** A prefix keeps a cluster and a workload of one name apart, and "end", which mermaid reserves, out. */
function id(kind: string, name: string): string {
  return `${kind}_${name}`;
}
