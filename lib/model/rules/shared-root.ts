/** Documents the rule against trust domains that could speak for each other. */
import { documentRule } from './rule';

export const sharedRoot = documentRule({
  code: 'shared-root',
  severity: 'error',
  looksFor: 'two trust domains, of the fleet or of partners, under roots or pinned bundles that have a key in common',
  why: 'either server could sign identities of the other, and every peer would believe them.',
  source: 'SPIFFE Trust Domain and Bundle, section 3',
  example: { cluster: 'cluster1', fingerprint: '5B:21:…', first: ['clusters', 'cluster1'] },
});
