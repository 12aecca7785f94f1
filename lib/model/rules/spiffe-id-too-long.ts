/** Finds SPIFFE IDs that are longer than the standard allows. */
import { isIn, isTooLong } from '../spire/spiffe-id';
import { defineRule } from './rule';

export const spiffeIdTooLong = defineRule({
  code: 'spiffe-id-too-long',
  severity: 'error',
  looksFor: 'a SPIFFE ID of more than 2048 bytes',
  why: 'SPIRE 1.15 still issues such an SVID, but programs that receive it do not have to support it.',
  source: 'SPIFFE ID, section 2.3: longer ones must not be generated, and need not be supported',
  example: { spiffeId: 'spiffe://cluster1.demo/very-long', bytes: 2100 },
  check: ({ workloads }, find) => {
    for (const { written, spiffeId, trustDomain, place } of workloads) {
      // An ID of another trust domain has a rule of its own.
      if (!isTooLong(spiffeId) || (written.spiffeId !== undefined && !isIn(trustDomain, spiffeId))) continue;
      find([...place, 'spiffeId'], { spiffeId, bytes: Buffer.byteLength(spiffeId) });
    }
  },
});
