/** Documents the rule against bundles that SPIRE cannot read. Only the parser of bundles, trust/bundle.ts, can tell why. */
import { documentRule } from './rule';

export const invalidBundle = documentRule({
  code: 'invalid-bundle',
  severity: 'error',
  looksFor: 'a pinned bundle that is no SPIFFE bundle of the trust domain, or in which every certificate has expired',
  why: 'the controller manager refuses the bundle, and the federation never starts. A server that signs with its own CA makes a new one every day by default, so a pinned copy expires soon.',
  source: 'SPIFFE Trust Domain and Bundle, section 4',
  example: { file: 'trust/cluster2.json', reason: 'it has no key for X.509-SVIDs' },
});
