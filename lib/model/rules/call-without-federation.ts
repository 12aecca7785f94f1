/** Finds calls between trust domains that do not federate. */
import type { FederationGraph } from '../federation/federation-graph';
import type { DeclaredCall } from '../workloads/resolve-calls';
import { definePartRule } from './rule';

/** A call that leaves the caller's cluster. */
export interface RemoteCall extends DeclaredCall {
  readonly graph: FederationGraph;
}

export const callWithoutFederation = definePartRule({
  code: 'call-without-federation',
  severity: 'error',
  looksFor: 'a call between clusters, or to a partner, that do not federate',
  why: 'caller and gateway cannot verify each other. SPIRE refuses an entry that federates with a trust domain without a bundle, so its pods get no SVID at all.',
  source: 'spiffe/spire#7146; spire sqlstore.go makeFederatesWith',
  example: {
    caller: 'greeter',
    called: 'shop',
    callerCluster: 'cluster1',
    calledCluster: 'cluster2',
    between: ['cluster1', 'cluster2'],
    ended: false,
  },
  check: ({ caller, called, place, graph }: RemoteCall) => {
    const [one, other] = [caller.cluster, called.cluster];
    return graph.has(one, other)
      ? undefined
      : {
          place: { path: place },
          facts: {
            caller: caller.name,
            called: called.name,
            callerCluster: one,
            calledCluster: other,
            between: [graph.standsFor(one), graph.standsFor(other)],
            ended: graph.hasEnded(one, other),
          },
        };
  },
});
