/** A proxy answers a call with 503: it could not connect to a peer with the expected identity. */
import { ISTIO } from '../../model/names';
import type { ResolvedFleet } from '../../model/resolved-fleet';
import { ownCommand } from '../../problems/commands';
import { codeSpan } from '../../text/markdown';
import { type FailureOf, forSome } from './failure';
import { gatewayLog, proxyLogs } from './logs';

export const callUnavailable: FailureOf = (fleet, paths) => {
  const ways = waysOf(fleet);
  if (ways.length === 0) return undefined;
  const gateways = fleet.clusters.filter(({ gateway }) => gateway !== undefined);
  return {
    title: 'A call is answered with 503',
    signs: [
      'The proxy of the caller, or the gateway, could not connect to a peer with the expected identity. Its log shows a flag after the',
      'status, and the reason in quotes:',
    ],
    shownBy: [
      ...forSome(ways, ({ cluster, namespace }) => [proxyLogs(cluster, namespace, 503)]),
      ...forSome(gateways, (cluster) => [
        gatewayLog(cluster, 503),
        `kubectl --context ${cluster.name} get service,pods -n ${ISTIO.namespace}`,
      ]),
    ],
    remedy: [
      '| log line | cause | remedy |',
      '|---|---|---|',
      '| `CERTIFICATE_VERIFY_FAILED` | the caller does not trust the gateway, or expects another SPIFFE ID | see "A bundle is out of date"; apply both clusters |',
      `| a reason with \`ALERT\`, often with \`UC\` | the gateway does not trust the caller, or the fleet does not declare the call | ${codeSpan(ownCommand('explain CALLER CALLED', paths))}; then "A bundle is out of date" in the cluster of the gateway |`,
      `| \`UF\` with \`timeout\` or \`refused\` | the address of the gateway cannot be reached | check that the Service \`${ISTIO.gateway}\` has the address; then check for a firewall in between |`,
      '| `UH` or `no_healthy_upstream` at the gateway | no pod of the called workload is ready | check its pods, and see "A pod has no SVID" |',
      '| `NC` or `NR` | the proxy has no route | apply the layer `edge` of its cluster |',
    ],
  };
};

/** Namespaces of callers, without duplicates. */
function waysOf({ clusters }: ResolvedFleet): readonly { readonly cluster: string; readonly namespace: string }[] {
  return clusters.flatMap(({ name, remoteCalls }) =>
    [...new Set(remoteCalls.map(({ namespace }) => namespace))]
      .sort()
      .map((namespace) => ({ cluster: name, namespace })),
  );
}
