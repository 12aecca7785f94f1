/** A proxy refuses a call: with 403, or with 404 for a path that the fleet does not allow. */
import type { ResolvedCluster, ResolvedFleet } from '../../model/resolved-fleet';
import { ownCommand } from '../../problems/commands';
import { codeSpan } from '../../text/markdown';
import { type FailureOf, forSome } from './failure';
import { gatewayLog, proxyLogs } from './logs';

export const callRefused: FailureOf = (fleet, paths) => {
  const called = calledPlaces(fleet);
  if (called.length === 0) return undefined;
  return {
    title: 'A call is answered with 403',
    signs: [
      'With the text `RBAC: access denied`, a proxy refused the caller; every other 403 comes from the program. The log line of that proxy',
      'contains `rbac_access_denied`:',
    ],
    shownBy: forSome(called, ({ cluster, namespace }) => [
      ...(cluster.gateway === undefined ? [] : [gatewayLog(cluster, 403)]),
      proxyLogs(cluster.name, namespace, 403),
    ]),
    remedy: [
      `- ${codeSpan(ownCommand('explain CALLER CALLED', paths))} shows the missing link. If it is the declaration, add the call under \`calls\` of the caller, run \`synth\`, and apply both clusters.`,
      '- If `explain` allows the call, the pod has another SPIFFE ID than the workload. `explain -`, as under "A pod has no SVID", shows which.',
      '- A caller without a proxy gets no status. Its connection is reset, because the mesh refuses plain text. Add a proxy to the caller, or `plainText` with a reason to the called workload.',
      '- 404 with `route_not_found` in the log of the gateway: `routes` of the called workload does not allow the path.',
    ],
  };
};

interface CalledPlace {
  readonly cluster: ResolvedCluster;
  readonly namespace: string;
}

/** The places where proxies authorize callers, without duplicates. */
function calledPlaces({ clusters }: ResolvedFleet): readonly CalledPlace[] {
  return clusters.flatMap((cluster) => {
    const decided = cluster.workloads.filter(
      ({ proxied, access }) => proxied && access.some(({ callers }) => callers.length > 0),
    );
    return [...new Set(decided.map(({ namespace }) => namespace))].sort().map((namespace) => ({ cluster, namespace }));
  });
}
