/** Writes how to see that a fleet works: what SPIRE made of the resources, whose bundles it holds, and a call for each way. */
import { SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';

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

function checksOf({ name, spire, peers, serverApi }: ResolvedCluster): readonly string[] {
  const kubectl = `kubectl --context ${name}`;
  const pod = `-n ${spire.serverNamespace} ${SPIRE_SERVER.name}-0 -c ${SPIRE_SERVER.name}`;
  return [
    `${kubectl} get clusterspiffeids,clusterfederatedtrustdomains`,
    ...(serverApi === undefined ? [] : [`${kubectl} exec ${pod} -- /opt/spire/bin/spire-server agent list`]),
    ...peers.map(
      ({ trustDomain }) =>
        `${kubectl} exec ${pod} -- /opt/spire/bin/spire-server bundle list -id spiffe://${trustDomain} -format spiffe`,
    ),
  ];
}

function callRows({ remoteCalls, workloads, name }: ResolvedCluster): readonly string[] {
  return remoteCalls.map(({ namespace, host }) => {
    const callers = workloads.filter((workload) => workload.namespace === namespace && workload.proxied);
    return `| ${callers.map((workload) => workload.name).join(', ')} on ${name} | ${namespace} | \`http://${host}/\` |`;
  });
}
