/** The steps that verify a running fleet: the status of SPIRE's resources, the bundles of each server, and calls between clusters. */

import { spireServerCommand } from '../kubectl/spire-server';
import { ISTIO, OBSERVABILITY } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
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
    ...kialiLines(fleet),
  ];
}

/** How to open Kiali: through a forwarded port, with the token of anybody who may read namespaces. */
function kialiLines({ clusters }: ResolvedFleet): readonly string[] {
  const drawn = clusters.filter(({ observability }) => observability !== undefined);
  if (drawn.length === 0) return [];
  const kubectl = ({ name }: ResolvedCluster): string => `kubectl --context ${name} -n ${ISTIO.namespace}`;
  return [
    '',
    `Kiali draws the traffic at <http://localhost:${OBSERVABILITY.kialiPort}/kiali>. Log in with the token that the first command of a cluster prints:`,
    '',
    '```sh',
    ...drawn.flatMap((cluster) => [
      `${kubectl(cluster)} create token ${OBSERVABILITY.kiali}`,
      `${kubectl(cluster)} port-forward svc/${OBSERVABILITY.kiali} ${OBSERVABILITY.kialiPort}`,
    ]),
    '```',
  ];
}

function checksOf(cluster: ResolvedCluster): readonly string[] {
  return [
    identityColumns(cluster.name),
    ...(cluster.serverApi === undefined ? [] : [spireServerCommand(cluster, 'agent list')]),
    ...cluster.peers.map(({ trustDomain }) =>
      spireServerCommand(cluster, `bundle list -id spiffe://${trustDomain} -format spiffe`),
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
