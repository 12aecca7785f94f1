/** Documents the rule against SPIFFE IDs that are too long. */
import { documentRule } from './rule';

export const spiffeIdTooLong = documentRule({
  code: 'spiffe-id-too-long',
  severity: 'error',
  looksFor: 'a SPIFFE ID of more than 2048 bytes',
  why: 'SPIRE refuses the entry, and the pods get no SVID.',
  source: 'SPIFFE ID, section 2.3',
  example: { spiffeId: 'spiffe://cluster1.demo/very-long', bytes: 2100 },
});
