/** A SPIRE server cannot reach the bundle endpoint of a peer. */
import { isIPv6 } from 'node:net';
import { spireServerCommand } from '../../kubectl/spire-server';
import { SPIRE_SERVER } from '../../model/names';
import type { ResolvedBundleEndpoint } from '../../model/spire/resolved-spire';
import { type FailureOf, forSome } from './failure';
import { serverLog } from './logs';
import { pairsOf } from './pairs';

export const endpointUnreachable: FailureOf = (fleet) => {
  const polling = fleet.clusters.filter(({ peers }) => peers.length > 0);
  if (polling.length === 0) return undefined;
  const polled = fleet.clusters.filter(({ bundleEndpoint }) => bundleEndpoint !== undefined);
  return {
    title: 'An endpoint is not reached',
    signs: [
      'The server that polls logs `Error updating bundle` with `timeout`, `refused` or `no such host`, and names the trust domain. Calls go',
      'on meanwhile; "Federations" says for how long. The Service of the endpoint must have the address that stands under "Clusters".',
      '`openssl`, run from a machine beside the server that polls, prints the name and the end of the certificate that it meets there:',
    ],
    shownBy: [
      ...forSome(polling, (cluster) => [serverLog(cluster, 'Error updating bundle')]),
      ...forSome(polled, ({ name, spire, bundleEndpoint }) => [
        `kubectl --context ${name} get service -n ${spire.serverNamespace} ${SPIRE_SERVER.bundleEndpointService}`,
        ...(bundleEndpoint === undefined ? [] : [asked(bundleEndpoint)]),
      ]),
    ],
    remedy: [
      '- `<pending>` in place of the address: the load balancer has none to give; see "What you provide".',
      '- The address is right: a firewall, or a NetworkPolicy of somebody else, stands between the servers. `spire: { networkPolicies: false }` shows whether it is one of ours.',
      '- Reached again, the next poll brings the bundle. To poll now:',
    ],
    mendedBy: forSome(pairsOf(fleet), ({ cluster, peer }) => [
      spireServerCommand(cluster, `federation refresh -id ${peer.trustDomain}`),
    ]),
  };
};

function asked({ address, port }: ResolvedBundleEndpoint): string {
  const host = isIPv6(address) ? `[${address}]` : address;
  return `openssl s_client -connect ${host}:${port} </dev/null 2>/dev/null | openssl x509 -noout -ext subjectAltName -enddate`;
}
