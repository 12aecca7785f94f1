/** Documents the rule against calls between trust domains that do not federate. */
import { documentRule } from './rule';

export const callWithoutFederation = documentRule({
  code: 'call-without-federation',
  severity: 'error',
  looksFor: 'a call between clusters, or to a partner, that do not federate',
  why: 'the caller cannot verify the gateway nor the gateway the caller; an entry that names a trust domain without a bundle is refused whole, and its pods get no SVID at all.',
  source: 'spiffe/spire#7146; spire sqlstore.go makeFederatesWith',
  example: {
    caller: 'greeter',
    called: 'shop',
    callerCluster: 'cluster1',
    calledCluster: 'cluster2',
    between: ['cluster1', 'cluster2'],
    ended: false,
  },
});
