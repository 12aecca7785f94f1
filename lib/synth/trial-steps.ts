/** Writes how to see that a fleet works: what SPIRE made of the resources, whose bundles it holds, and each call to another cluster. */
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { serverCommand } from '../model/server-command';
import { identityColumns } from './identity-columns';
import { trialCalls } from './trial-calls';

/** Markdown; empty for a fleet without clusters. */
export function renderTrials(fleet: ResolvedFleet): readonly string[] {
  return [
    'Every rule with running pods counts them under `PODS`, the last two columns are 0, and each peer has a bundle:',
    '',
    '```sh',
    ...fleet.clusters.flatMap(checksOf),
    '```',
    ...callLines(fleet),
  ];
}

function checksOf(cluster: ResolvedCluster): readonly string[] {
  return [
    identityColumns(cluster.name),
    ...(cluster.serverApi === undefined ? [] : [serverCommand(cluster, 'agent list')]),
    ...cluster.peers.map(({ trustDomain }) =>
      serverCommand(cluster, `bundle list -id spiffe://${trustDomain} -format spiffe`),
    ),
  ];
}

function callLines(fleet: ResolvedFleet): readonly string[] {
  const calls = trialCalls(fleet);
  if (calls.length === 0) return [];
  return [
    '',
    'Programs call plain HTTP at port 80 of the host name; their proxy makes mutual TLS of it. Each command prints the status of',
    'one call, and the comment above it says which status to expect. 403 and 503 are answers of proxies, see "When something fails":',
    '',
    '```sh',
    ...calls.flatMap(({ says, command }) => [`# ${says}`, command]),
    '```',
    ...(calls.every(({ hasCurl }) => hasCurl)
      ? []
      : ['', 'An image may have no curl; docs/operations.md, "A call by hand", says how to make the call beside it.']),
  ];
}
