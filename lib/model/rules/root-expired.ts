/** Documents the rule against roots that have ended. */
import { documentRule } from './rule';

export const rootExpired = documentRule({
  code: 'root-expired',
  severity: 'error',
  looksFor: 'a root certificate that has ended',
  why: 'no SVID under it verifies anywhere.',
  source: 'RFC 5280 section 4.1.2.5',
  example: { file: 'trust/cluster1.demo.pem', notAfter: '2025-01-01T00:00:00.000Z' },
});
