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
      'The polling server logs `Error updating bundle` with `timeout`, `refused` or `no such host`, and the trust domain. Calls still work;',
      '"Federations" shows for how long. The Service of the endpoint must have the address in the table "Clusters". Run `openssl` on a machine',
      'in the network of the polling server; it prints the name and the expiry of the certificate that the endpoint presents:',
    ],
    shownBy: [
      ...forSome(polling, (cluster) => [serverLog(cluster, 'Error updating bundle')]),
      ...forSome(polled, ({ name, spire, bundleEndpoint }) => [
        `kubectl --context ${name} get service -n ${spire.serverNamespace} ${SPIRE_SERVER.bundleEndpointService}`,
        ...(bundleEndpoint === undefined ? [] : [asked(bundleEndpoint)]),
      ]),
    ],
    remedy: [
      '- The address is `<pending>`: the load balancer has assigned none; see "What you provide".',
      '- The address is correct: a firewall or a NetworkPolicy blocks the connection. To find out whether it is a policy of this output, try `spire: { networkPolicies: false }`.',
      '- After the endpoint is reachable again, the next poll gets the bundle. To poll now:',
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
