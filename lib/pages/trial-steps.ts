/** The steps that verify a running fleet: the status of SPIRE's resources, the bundles of each server, and calls between clusters. */

import { spireServerCommand } from '../kubectl/spire-server';
import { ISTIO, OBSERVABILITY } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { identityColumns } from './identity-columns';
import { trialCalls } from './trial-calls';

/** Markdown; empty for a fleet without clusters. */
export function renderTrials(fleet: ResolvedFleet): readonly string[] {
  return [
    'Each ClusterSPIFFEID shows its number of running pods under `PODS`, the last two columns are 0, and each peer has a bundle:',
    '',
    '```sh',
    ...fleet.clusters.flatMap(checksOf),
    '```',
    ...callLines(fleet),
    ...kialiLines(fleet),
  ];
}

/** How to open Kiali: through a forwarded port, with the token of an account that may read namespaces. */
function kialiLines({ clusters }: ResolvedFleet): readonly string[] {
  const drawn = clusters.filter(({ observability }) => observability !== undefined);
  if (drawn.length === 0) return [];
  const kubectl = ({ name }: ResolvedCluster): string => `kubectl --context ${name} -n ${ISTIO.namespace}`;
  return [
    '',
    `Kiali shows the traffic at <http://localhost:${OBSERVABILITY.kialiPort}/kiali>. Log in with the token that the first command of a cluster prints:`,
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
    'Programs use plain HTTP at port 80 of the host name, and their proxy turns the call into mutual TLS. Each command prints the status',
    'of one call; the comment above it has the expected status. 403 and 503 come from proxies, see "When something fails":',
    '',
    '```sh',
    ...calls.flatMap(({ says, command }) => [`# ${says}`, command]),
    '```',
    ...(calls.every(({ hasCurl }) => hasCurl)
      ? []
      : ['', 'If an image has no curl, see "A call by hand" in docs/operations.md.']),
  ];
}
