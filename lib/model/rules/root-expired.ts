/** Finds roots that have expired. */
import type { RootCandidate } from '../trust/root-certificates';
import { definePartRule } from './rule';

export const rootExpired = definePartRule({
  code: 'root-expired',
  severity: 'error',
  looksFor: 'a root certificate that has expired',
  why: 'no SVID under it verifies anywhere.',
  source: 'RFC 5280 section 4.1.2.5',
  example: { file: 'trust/cluster1.demo.pem', notAfter: '2025-01-01T00:00:00.000Z' },
  check: ({ certificate, root: { file, place }, now }: RootCandidate) => {
    const notAfter = new Date(certificate.validTo);
    return now !== undefined && notAfter <= now
      ? { place, facts: { file, notAfter: notAfter.toISOString() } }
      : undefined;
  },
});
