/** Writes how to see that a fleet works: what SPIRE made of the resources, whose bundles it holds, and a call for each way. */
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { serverCommand } from '../model/server-command';

/** Markdown; empty for a fleet without clusters. */
export function renderTrials(fleet: ResolvedFleet): readonly string[] {
  const calls = fleet.clusters.flatMap(callRows);
  return [
    'Every rule counts its pods, none fails, and each peer has a bundle:',
    '',
    '```sh',
    ...fleet.clusters.flatMap(checksOf),
    '```',
    ...(calls.length === 0
      ? []
      : [
          '',
          'Programs call plain HTTP at port 80 of the host name; their proxy makes mutual TLS of it:',
          '',
          '| from a pod of | in namespace | call |',
          '|---|---|---|',
          ...calls,
        ]),
  ];
}

function checksOf(cluster: ResolvedCluster): readonly string[] {
  return [
    `kubectl --context ${cluster.name} get clusterspiffeids,clusterfederatedtrustdomains`,
    ...(cluster.serverApi === undefined ? [] : [serverCommand(cluster, 'agent list')]),
    ...cluster.peers.map(({ trustDomain }) =>
      serverCommand(cluster, `bundle list -id spiffe://${trustDomain} -format spiffe`),
    ),
  ];
}

function callRows({ remoteCalls, workloads, name }: ResolvedCluster): readonly string[] {
  return remoteCalls.map(({ namespace, host }) => {
    const callers = workloads.filter((workload) => workload.namespace === namespace && workload.proxied);
    return `| ${callers.map((workload) => workload.name).join(', ')} on ${name} | ${namespace} | \`http://${host}/\` |`;
  });
}
