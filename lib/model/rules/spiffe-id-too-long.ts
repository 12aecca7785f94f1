/** Documents the rule against SPIFFE IDs that are too long. */
import { documentRule } from './rule';

export const spiffeIdTooLong = documentRule({
  code: 'spiffe-id-too-long',
  severity: 'error',
  looksFor: 'a SPIFFE ID of more than 2048 bytes',
  why: 'the standard ends there: SPIRE 1.15 still issues the SVID, but whoever receives it need not be able to read it.',
  source: 'SPIFFE ID, section 2.3: longer ones must not be generated, and need not be supported',
  example: { spiffeId: 'spiffe://cluster1.demo/very-long', bytes: 2100 },
});
