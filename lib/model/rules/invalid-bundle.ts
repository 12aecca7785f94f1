/** Documents the rule against bundles that no SPIRE server would take. */
import { documentRule } from './rule';

export const invalidBundle = documentRule({
  code: 'invalid-bundle',
  severity: 'error',
  looksFor: 'a bundle that is no SPIFFE bundle, or whose every certificate has ended',
  why: 'the controller manager refuses it, and the federation never starts; a server with its own CA changes it daily by default.',
  source: 'SPIFFE Trust Domain and Bundle, section 4',
  example: { file: 'trust/cluster2.json', reason: 'it has no key for X.509-SVIDs' },
});
